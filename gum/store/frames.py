"""Kept images as files, named by the sha256 of their content."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from contextlib import suppress
from pathlib import Path

from gum.errors import NotFoundError
from gum.store.connection import Connection
from gum.store.failing import storage_errors

_SHA256 = re.compile(r"[0-9a-f]{64}")
_YOUNG_S = 60.0  # a file without a row may be waiting for its commit


class Frames:
    """The image files below one folder.  Rows refer to them by hash; the same image is kept once."""

    def __init__(self, folder: Path, connection: Connection) -> None:
        self.folder = folder
        self._sql = connection
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
            place.parent.mkdir(mode=0o700, exist_ok=True)
            draft = place.with_name(f"{sha}.{threading.get_ident()}.new")
            try:
                with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                    file.write(data)
                draft.replace(place)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
        with self._lock:
            if self._used is not None:
                self._used += len(data)
        return sha

    def path(self, sha: str) -> Path:
        """Return where the image of this hash lies.  Raises NotFoundError for what is no hash."""
        if not _SHA256.fullmatch(sha):
            raise NotFoundError("That is not the name of a frame.")
        return self.folder / sha[:2] / sha

    def get(self, sha: str) -> bytes:
        """Return the image.  Raises NotFoundError when it was never kept or was trimmed."""
        try:
            with storage_errors(self.folder):
                return self.path(sha).read_bytes()
        except NotFoundError:
            raise
        except Exception as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise NotFoundError(f"The frame {sha[:12]} is not kept any more.") from error
            raise

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
        removed = 0
        self._clear_drafts()
        if self.bytes_used() <= budget_bytes:
            return removed
        for sha in [*self._orphans(), *self._oldest_first()]:
            if self.bytes_used() <= budget_bytes:
                break
            self._remove(sha)
            removed += 1
        return removed

    def _remove(self, sha: str) -> None:
        self._sql.write("UPDATE observations SET frame='' WHERE frame=?", (sha,))
        place = self.path(sha)
        with storage_errors(place):
            size = place.stat().st_size if place.exists() else 0
            place.unlink(missing_ok=True)
        with self._lock:
            if self._used is not None:
                self._used -= size

    def _clear_drafts(self) -> None:
        """Remove what a process that died left half written."""
        latest = time.time() - _YOUNG_S
        with storage_errors(self.folder):
            for draft in self.folder.glob("??/*.new"):
                with suppress(FileNotFoundError):  # its writer is done meanwhile
                    if draft.stat().st_mtime < latest:
                        draft.unlink()
        with self._lock:
            self._used = None

    def _files(self) -> list[Path]:
        with storage_errors(self.folder):
            return [file for file in self.folder.glob("??/*") if file.is_file()]

    def _orphans(self) -> list[str]:
        rows = self._sql.rows("SELECT DISTINCT frame FROM observations WHERE frame != ''")
        kept = {str(row["frame"]) for row in rows}
        latest = time.time() - _YOUNG_S
        return sorted(
            file.name
            for file in self._files()
            if _SHA256.fullmatch(file.name) and file.name not in kept and file.stat().st_mtime < latest
        )

    def _oldest_first(self) -> list[str]:
        rows = self._sql.rows(
            "SELECT frame FROM observations WHERE frame != '' GROUP BY frame ORDER BY max(captured_at), frame"
        )
        return [row["frame"] for row in rows]
