"""Kept images as files, known by the sha256 of their content."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from contextlib import suppress
from pathlib import Path

from gum.errors import NotFoundError, StoreCorruptError
from gum.store.connection import Connection
from gum.store.encryption.key import FrameCipher, PlainFrames
from gum.store.failing import storage_errors

_SHA256 = re.compile(r"[0-9a-f]{64}")
_YOUNG_S = 60.0  # a file without a row may be waiting for its commit


class Frames:
    """The image files below one folder.  Rows refer to them by hash; the same image is kept once."""

    def __init__(self, folder: Path, connection: Connection, cipher: FrameCipher | None = None) -> None:
        self.folder = folder
        self._sql = connection
        self._cipher = cipher or PlainFrames()
        self._used: int | None = None
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        """Keep an encoded image and return its sha256.  Raises StoreFullError, StoreReadOnlyError."""
        sha = hashlib.sha256(data).hexdigest()
        place = self.path(sha)
        with storage_errors(place):
            if place.exists():
                place.touch()  # it may be waiting for a commit again
                return sha
            sealed = self._cipher.seal(sha, data)
            write_frame(place, sealed)
        with self._lock:
            if self._used is not None:
                self._used += len(sealed)
        return sha

    def path(self, sha: str) -> Path:
        """Return where the image of this hash lies.  Raises NotFoundError for what is no hash."""
        if not _SHA256.fullmatch(sha):
            raise NotFoundError("That is not the name of a frame.")
        return place_of(self.folder, self._cipher.name(sha))

    def get(self, sha: str) -> bytes:
        """Return the image.

        Raises NotFoundError when it was never kept, was removed or forgotten, StoreCorruptError when it was changed.
        """
        place = self.path(sha)
        if sha in self._hidden():
            raise NotFoundError(f"The frame {sha[:12]} is not kept any more.")
        try:
            with storage_errors(self.folder):
                data = self._cipher.open(sha, place.read_bytes())
        except Exception as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise NotFoundError(f"The frame {sha[:12]} is not kept any more.") from error
            raise
        if hashlib.sha256(data).hexdigest() != sha:
            raise StoreCorruptError(f"The frame {sha[:12]} was changed or is damaged; it cannot be shown.")
        return data

    def bytes_used(self) -> int:
        """Return how many bytes the images take."""
        with self._lock:
            if self._used is None:
                self._used = sum(file.stat().st_size for file in self._files())
            return self._used

    def trim(self, budget_bytes: int) -> int:
        """Remove images until they fit the budget: those without a row first, then the oldest.  Return how many.

        An observation whose image goes stays, without its frame.
        """
        removed = self.clear_strays()
        for sha in self._oldest_first() if self.bytes_used() > budget_bytes else ():
            if self.bytes_used() <= budget_bytes:
                break
            self.remove(sha)
            removed += 1
        return removed

    def remove(self, sha: str) -> None:
        """Remove an image; observations that showed it stay without it.

        The file goes first: on a full disk that makes the room that the rows need to be changed.
        """
        self.unlink(sha)
        self._sql.write("UPDATE observations SET frame='' WHERE frame=?", (sha,))

    def unlink(self, sha: str) -> None:
        """Remove an image's file alone; one that is gone already is no matter."""
        place = self.path(sha)
        with storage_errors(place):
            size = place.stat().st_size if place.exists() else 0
            place.unlink(missing_ok=True)
        with self._lock:
            if self._used is not None:
                self._used -= size

    def clear_strays(self) -> int:
        """Remove files that no row names, and what a process that died left half written; return how many."""
        strays = self._strays()
        latest = time.time() - _YOUNG_S
        removed = 0
        with storage_errors(self.folder):
            for file in strays:
                with suppress(FileNotFoundError):  # its writer is done meanwhile
                    if file.stat().st_mtime < latest:
                        file.unlink()
                        removed += not file.name.endswith(".new")
        with self._lock:
            self._used = None
        return removed

    def _files(self) -> list[Path]:
        with storage_errors(self.folder):
            return [file for file in self.folder.glob("??/*") if file.is_file()]

    def _strays(self) -> list[Path]:
        rows = self._sql.rows(
            "SELECT frame FROM observations WHERE frame != '' UNION SELECT frame FROM forgotten_frames"
        )
        kept = {self._cipher.name(str(row["frame"])) for row in rows}
        return sorted(file for file in self._files() if file.name not in kept)

    def _hidden(self) -> set[str]:
        rows = self._sql.rows("SELECT frame FROM forgotten_frames EXCEPT SELECT frame FROM observations")
        return {row["frame"] for row in rows}

    def _oldest_first(self) -> list[str]:
        rows = self._sql.rows(
            "SELECT frame FROM observations WHERE frame != '' GROUP BY frame ORDER BY max(captured_at), frame"
        )
        return [row["frame"] for row in rows]


def place_of(folder: Path, name: str) -> Path:
    """Return where a file of this name lies below the folder of frames."""
    return folder / name[:2] / name


def write_frame(place: Path, data: bytes, durable: bool = False) -> None:
    """Write a frame's file whole or not at all; `durable` waits until it is on the disk."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    draft = place.with_name(f"{place.name}.{threading.get_ident()}.new")
    try:
        flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
