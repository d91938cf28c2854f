"""Opens the database: creates it whole or not at all, checks that it is ours, brings it to the present version."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from gum.errors import StoreCorruptError, StoreVersionError
from gum.store.encryption.key import DataKey
from gum.store.failing import storage_errors
from gum.store.schema import APPLICATION_ID, migrations

_BUSY_S = 10.0
_PRAGMAS = (
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={int(_BUSY_S * 1000)}",
    "synchronous=NORMAL",  # survives the death of the process; power loss may cost the last commits, never the file
    "temp_store=MEMORY",
    "cache_size=-20000",
    "cell_size_check=ON",
)


def open_database(path: Path, key: DataKey | None = None) -> Database:
    """Open the database at `path`, made anew when there is none; with a key it is encrypted (SQLCipher).

    Raises StoreCorruptError for a file that is damaged, empty or not ours, StoreVersionError for one
    written by a newer version, StoreFullError, StoreReadOnlyError, StoreLockedError.
    """
    with storage_errors(path):
        remove_draft(path.with_name(f"{path.name}.rewritten"))  # left by a process that died meanwhile
        if not path.exists():
            _create(path, key)
        if path.stat().st_size == 0:
            raise StoreCorruptError(
                f"{path} is empty, though a database was kept there. "
                "Restore it from a backup, or move it away to start anew."
            )
        path.chmod(0o600)
        database = connect(path, key)
        try:
            _check_ours(database, path)
            database.conn.execute("PRAGMA journal_mode=WAL").fetchone()
            _migrate(database)
        except BaseException:
            database.conn.close()
            raise
        return database


def remove_draft(path: Path) -> None:
    """Remove a database that was being written, with its journals; nothing happens when there is none."""
    for name in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)


def _create(path: Path, key: DataKey | None) -> None:
    """Make the database beside its place and move it there whole, so that an empty file is never ours."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size > 0:
        raise StoreCorruptError(
            f"{path} is missing, but changes to it are waiting in {journal.name}. "
            f"Put {path.name} back from a backup, or move {journal.name} away to start anew."
        )
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        database = connect(draft, key)
        try:
            database.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
            migrations.apply(database)
        finally:
            database.conn.close()
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def connect(path: Path, key: DataKey | None) -> Database:
    """Open a database file that exists, as it is.  Raises the errors of the driver."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = driver_of(key).connect(uri, uri=True, timeout=_BUSY_S, check_same_thread=False)
    try:
        if key is not None:
            give_key(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        # no plug-ins of sqlite-utils: any package installed beside us could offer one
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def driver_of(key: DataKey | None) -> Any:
    """Return the driver: that of the standard library for plain databases, SQLCipher's for encrypted ones."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def give_key(connection: Any, key: DataKey) -> None:
    """Unlock a connection.  Raises StoreCorruptError when the driver would write plain text instead."""
    connection.execute(f"PRAGMA key = {key_text(key)}")
    if not connection.execute("PRAGMA cipher_version").fetchall():  # a plain SQLite ignores the key without a word
        raise StoreCorruptError("The driver of the encrypted database does not encrypt; install sqlcipher3 again.")
    connection.execute("PRAGMA cipher_log_level=NONE").fetchall()  # it would write to stderr


def key_text(key: DataKey) -> str:
    """Return the key of the database as SQLCipher takes it: raw, not to be stretched."""
    return f"\"x'{key.derived('database').hex()}'\""


def _check_ours(database: Database, path: Path) -> None:
    found = database.conn.execute("PRAGMA application_id").fetchone()[0]
    if found != APPLICATION_ID:
        raise StoreCorruptError(
            f"{path} is a database of another program. Move it away, or set GUM_HOME to another folder."
        )
    known = {step.name for step in migrations.pending(Database(memory=True, execute_plugins=False))}
    newer = sorted({step.name for step in migrations.applied(database)} - known)
    if newer:
        raise StoreVersionError(
            f"{path} was written by a newer version of gum-desktop (it has {newer[0]!r}). "
            "Install that version again; nothing was changed."
        )


def _migrate(database: Database) -> None:
    if migrations.pending(database):
        migrations.apply(database)
