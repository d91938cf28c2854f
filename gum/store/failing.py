"""Turns what SQLite and the file system raise into our errors, each a sentence the person can act on."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gum.errors import (
    ConflictError,
    GumError,
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
)

_SPACE_LEFT = 1 << 20  # below this many free bytes an I/O error is taken for a full disk


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise errors of our tree for those of SQLite and of the file system inside the block; `path` is named in them."""
    try:
        yield
    except _driver_errors() as error:
        raise sqlite_error(error, path) from error
    except UnicodeEncodeError as error:
        raise ConflictError("A text holds half a character (a lone surrogate) and cannot be kept.") from error
    except OverflowError as error:
        raise ConflictError("A number is larger than any that is kept here.") from error
    except UnicodeDecodeError as error:
        raise _corrupt(path, "it holds text that is no text") from error
    except OSError as error:
        raise file_error(error, path) from error


def _driver_errors() -> tuple[type[Exception], ...]:
    """Return the errors of the drivers in use; that of encrypted stores has a tree of its own."""
    encrypted = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if encrypted is None else (sqlite3.Error, encrypted.Error)


def sqlite_error(error: Exception, path: Path) -> GumError:
    """Return our error for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH):
        return _corrupt(path, str(error))
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path)):
        return _full(path)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return _read_only(path, str(error))
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLockedError(f"{path} is in use by another program; close it and try again.")
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return ConflictError(f"The change does not fit what is kept: {error}.")
    if code is None and "decode" in str(error).lower():
        return _corrupt(path, "it holds text that is no text")
    if primary == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path} could not be read or written ({error}); check the disk it lies on.")
    return StoreError(f"{path} could not be used: {error}.")


def file_error(error: OSError, path: Path) -> StoreError:
    """Return our error for one of the file system's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(path, error.strerror or "not permitted")
    return StoreError(f"{path} could not be used: {error.strerror or error}.")


def _corrupt(path: Path, why: str) -> StoreCorruptError:
    return StoreCorruptError(
        f"{path} is damaged or not a database of this program ({why}). "
        "Nothing was changed in it: restore it from a backup, or move it away to start anew."
    )


def _full(path: Path) -> StoreFullError:
    return StoreFullError(
        f"There is no space left for {path}. What was kept is safe; free some space, or lower store.disk_budget_mb."
    )


def _read_only(path: Path, why: str) -> StoreReadOnlyError:
    return StoreReadOnlyError(
        f"{path} cannot be written ({why}). Make it yours to write, or set GUM_HOME to a folder of your own."
    )


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _SPACE_LEFT
    except OSError:
        return False
