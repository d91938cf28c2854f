"""Every error of SQLite and of the file system becomes one of ours, with a sentence to act on."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from gum.errors import (
    ConflictError,
    GumError,
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
)
from gum.store.failing import storage_errors


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_NOTADB, StoreCorruptError),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, StoreCorruptError),  # an extended code, of a virtual table
        (sqlite3.SQLITE_FULL, StoreFullError),
        (sqlite3.SQLITE_READONLY, StoreReadOnlyError),
        (sqlite3.SQLITE_CANTOPEN, StoreReadOnlyError),
        (sqlite3.SQLITE_BUSY, StoreLockedError),
        (sqlite3.SQLITE_CONSTRAINT, ConflictError),
        (sqlite3.SQLITE_IOERR, StoreError),
        (sqlite3.SQLITE_ERROR, StoreError),
    ],
)
def test_an_error_of_sqlite_is_told_by_its_code(tmp_path: Path, code: int, kind: type[GumError]) -> None:
    error = sqlite3.OperationalError("what sqlite says")
    error.sqlite_errorcode = code
    with pytest.raises(kind) as raised, storage_errors(tmp_path / "gum.db"):
        raise error
    assert type(raised.value) is kind
    assert raised.value.__cause__ is error
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StoreFullError),
        (errno.EDQUOT, StoreFullError),
        (errno.EFBIG, StoreFullError),
        (errno.EROFS, StoreReadOnlyError),
        (errno.EACCES, StoreReadOnlyError),
        (errno.EIO, StoreError),
    ],
)
def test_an_error_of_the_file_system_is_told_by_its_number(tmp_path: Path, number: int, kind: type[GumError]) -> None:
    with pytest.raises(kind) as raised, storage_errors(tmp_path / "gum.db"):
        raise OSError(number, "what the system says")
    assert type(raised.value) is kind
    assert str(tmp_path / "gum.db") in str(raised.value)


def test_text_that_is_no_text_is_damage(tmp_path: Path) -> None:
    with pytest.raises(StoreCorruptError), storage_errors(tmp_path):
        b"\xff".decode()
    connection = sqlite3.connect(":memory:")
    with pytest.raises(StoreCorruptError), storage_errors(tmp_path):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    connection.close()


def test_errors_of_the_program_itself_pass_through(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), storage_errors(tmp_path):
        _ = 1 / 0
