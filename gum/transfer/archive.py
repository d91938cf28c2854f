"""A whole archive: the database with ids and history, and the frames, in one zip file that is not encrypted.

Left out are the clients and their tokens, what was forgotten and can still be brought back, answers kept for repeated
requests, and where exports lie.  The index is made anew from the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gum
from gum import clock
from gum.errors import ConflictError, NotFoundError, RecordingError, StoreCorruptError
from gum.store.connection import WORD_INDEXES
from gum.store.database import connect, open_database, remove_draft
from gum.store.encryption.key import cipher_of
from gum.store.failing import storage_errors
from gum.store.frames import place_of, write_frame
from gum.store.lock import OwnerLock

if TYPE_CHECKING:
    from gum.paths import Home
    from gum.store import Store

FORM = "gum-desktop archive"
VERSION = 1
DATABASE, MANIFEST = "gum.db", "manifest.json"
#: More than this in one part is no archive of ours.
LARGEST_FRAME = 64 * 1024 * 1024
_LEFT_S = 3600.0
_FRAME = re.compile(r"frames/([0-9a-f]{64})")
_LEFT_OUT = ("clients", "replies", "exports", "forgotten_rows", "forgotten_frames", "forgettings")
_COUNTED = ("observations", "episodes", "propositions", "revisions", "evidence", "verdicts", "suggestions")


@dataclass(frozen=True, slots=True)
class Restored:
    """How much an archive brought: rows by table, and frames."""

    rows: dict[str, int]
    frames: int


def write(store: Store, target: Path) -> None:
    """Write the archive of a store that is open; nobody else writes to the store while its database is copied.

    Raises StoreError.
    """
    draft = target.with_name(f"{target.name}.database")
    with storage_errors(target):
        _clear_old(target.parent)
        try:
            _copy(store, draft)
            with closing(connect(draft, None).conn) as copy:
                frames = _cleaned(copy)
                manifest = _manifest(copy, frames)
            with zipfile.ZipFile(_private(target), "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
                archive.write(draft, DATABASE)
                _add_frames(archive, store, frames)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        finally:
            remove_draft(draft)


def restore(home: Home, source: Path) -> Restored:
    """Make a home that holds nothing yet from an archive; it is whole afterwards, or still empty.

    Raises ConflictError for a home that holds something, RecordingError for a file that is no archive of ours or is
    damaged, StoreVersionError for one of a newer version, StoreError.
    """
    home.create()
    draft = home.database.with_name(f"{home.database.name}.restored")
    with OwnerLock(home), storage_errors(home.root):
        if home.database.exists() or home.encryption.exists():
            raise ConflictError(
                f"{home.root} holds something already; an archive is restored into an empty home. "
                "Set GUM_HOME to another folder, or move that one away."
            )
        try:
            with _opened(source) as archive:
                _extract(archive, DATABASE, draft)
                rows = _checked(draft, source)
                frames = [
                    _put_frame(home, archive, name, source) for name in archive.namelist() if _FRAME.fullmatch(name)
                ]
            draft.replace(home.database)
        finally:
            remove_draft(draft)
    return Restored(rows, len(frames))


def is_archive(path: Path) -> bool:
    """Return whether a file looks like an archive of ours."""
    return zipfile.is_zipfile(path)


# ------------------------------------------------------------------------- writing


def _clear_old(folder: Path) -> None:
    """Remove what a process that died has left of its exports: it is not encrypted."""
    for left in folder.glob("export.*.zip*"):
        with suppress(FileNotFoundError):  # another export has just been fetched, and removed
            if left.stat().st_mtime < time.time() - _LEFT_S:
                left.unlink()


def _copy(store: Store, target: Path) -> None:
    """Write the database anew and plain, whether the store is encrypted or not."""
    remove_draft(target)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with store.sql.alone():
        connection = store.sql.database.conn
        if not store.encrypted:
            connection.execute("VACUUM INTO ?", (str(target),))
            return
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
        try:
            connection.execute("SELECT sqlcipher_export('plain')").fetchall()
            mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
            connection.execute(f"PRAGMA plain.application_id={mark}").fetchall()
            connection.commit()
        finally:
            connection.execute("DETACH DATABASE plain")


def _cleaned(copy: Any) -> list[str]:
    """Take out of the copy what belongs to this machine alone, and leave no trace of it; return the frames shown."""
    for table in _LEFT_OUT:
        copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    for (index,) in copy.execute(WORD_INDEXES).fetchall():  # a merged index holds no removed word
        copy.execute(f'INSERT INTO "{index}"("{index}") VALUES(\'optimize\')')
    copy.commit()
    copy.execute("VACUUM")
    rows = copy.execute("SELECT DISTINCT frame FROM observations WHERE frame != '' ORDER BY frame").fetchall()
    return [str(row[0]) for row in rows]


def _manifest(copy: Any, frames: list[str]) -> dict[str, Any]:
    return {
        "form": FORM,
        "version": VERSION,
        "written_by": gum.__version__,
        "made_at": clock.to_text(clock.now()),
        "rows": _counts(copy),
        "frames": len(frames),
    }


def _counts(database: Any) -> dict[str, int]:
    return {one: int(database.execute(f"SELECT count(*) FROM {one}").fetchone()[0]) for one in _COUNTED}  # noqa: S608


def _add_frames(archive: zipfile.ZipFile, store: Store, frames: list[str]) -> None:
    for sha in frames:
        with suppress(NotFoundError):  # removed meanwhile, to make room
            archive.writestr(f"frames/{sha}", store.frames.get(sha), zipfile.ZIP_STORED)


def _private(target: Path) -> Path:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return target


# ------------------------------------------------------------------------- restoring


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Raises RecordingError for what is no archive of ours, or is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST)) if archive.getinfo(MANIFEST).file_size < 1_000_000 else None
            if not isinstance(manifest, dict) or manifest.get("form") != FORM:
                raise RecordingError(f"{source} is no archive of gum-desktop.")
            if manifest.get("version") != VERSION:
                raise RecordingError(f"{source} was written by a newer version of gum-desktop; install that one.")
            yield archive
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise RecordingError(f"{source} is no archive of gum-desktop, or is damaged ({error}).") from error
    except FileNotFoundError as error:
        raise RecordingError(f"There is no file {source}.") from error


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    remove_draft(target)
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with archive.open(name) as packed, os.fdopen(descriptor, "wb") as file:
        while piece := packed.read(1 << 20):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _checked(draft: Path, source: Path) -> dict[str, int]:
    """Return how many rows the database holds, brought to the present version and folded into its one file."""
    try:
        with closing(open_database(draft).conn) as database:
            whole = database.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not whole or database.execute("PRAGMA foreign_key_check").fetchall():
                raise StoreCorruptError(f"{source} is damaged; nothing was restored.")
            rows = _counts(database)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return rows
    except StoreCorruptError as error:
        raise RecordingError(f"{source} holds no database of ours that is whole; nothing was restored.") from error


def _put_frame(home: Home, archive: zipfile.ZipFile, name: str, source: Path) -> str:
    sha = name.removeprefix("frames/")
    if archive.getinfo(name).file_size > LARGEST_FRAME:
        raise RecordingError(f"{source} holds a frame that is too large; nothing was restored.")
    data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != sha:
        raise RecordingError(f"{source} is damaged: the frame {sha[:12]} is not what it was; nothing was restored.")
    cipher = cipher_of(None)
    write_frame(place_of(home.frames, cipher.name(sha)), cipher.seal(sha, data))
    return sha
