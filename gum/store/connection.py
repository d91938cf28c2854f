"""The one connection of the owning process: one thread at a time, every error from our tree."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from gum.errors import ConflictError, StoreCorruptError, StoreLockedError
from gum.store.database import driver_of, open_database, remove_draft
from gum.store.encryption.key import DataKey
from gum.store.failing import storage_errors

Record = TypeVar("Record")
Values = Sequence[Any]

WORD_INDEXES = "SELECT name FROM sqlite_master WHERE type='table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5(%'"


class Connection:
    """Runs SQL for the repositories.  A transaction keeps other threads out until it ends."""

    def __init__(self, path: Path, key: DataKey | None = None) -> None:
        self.path = path
        self._key = key
        self._row = driver_of(key).Row
        self._open()
        self._lock = threading.RLock()
        self._depth = 0
        self._owner: int | None = None  # the thread inside a transaction

    @property
    def in_transaction(self) -> bool:
        """Whether this very thread is inside a transaction."""
        return self._owner == threading.get_ident()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads out for the length of the block, without a transaction."""
        with self._lock:
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything in the block or nothing of it; one inside another can fail by itself.

        Raises StoreFullError, StoreReadOnlyError, StoreLockedError, StoreCorruptError.
        """
        with self._lock:
            begin, commit, undo = self._words()
            self._run(begin)
            self._depth += 1
            self._owner = threading.get_ident()
            try:
                yield
                self._run(commit)
            except BaseException:
                self._take_back(undo)
                raise
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._owner = None

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """Return every row of a query."""
        with self._lock, storage_errors(self.path):
            return self._cursor().execute(sql, values).fetchall()

    def records(self, make: Callable[[sqlite3.Row], Record], sql: str, values: Values = ()) -> list[Record]:
        """Return what `make` reads from every row of a query.

        Raises StoreCorruptError for a row that holds what the store never writes.
        """
        rows = self.rows(sql, values)
        try:
            return [make(row) for row in rows]
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise StoreCorruptError(
                f"{self.path} holds a damaged row ({type(error).__name__}). Restore it from a backup."
            ) from error

    def record(self, make: Callable[[sqlite3.Row], Record], sql: str, values: Values = ()) -> Record | None:
        """Return what `make` reads from the first row of a query, or None.  Raises StoreCorruptError."""
        found = self.records(make, sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first column of the first row, or None."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def insert(self, table: str, fields: dict[str, Any]) -> int:
        """Insert one row and return its id."""
        names, marks = ", ".join(fields), ", ".join("?" * len(fields))
        with self.transaction(), storage_errors(self.path):
            cursor = self._sqlite.execute(f"INSERT INTO {table}({names}) VALUES({marks})", list(fields.values()))
            return int(cursor.lastrowid or 0)

    def update(self, table: str, id: int, fields: dict[str, Any]) -> int:
        """Change fields of one row; return how many rows there were of that id."""
        if not fields:
            return 0
        names = ", ".join(f"{name}=?" for name in fields)
        return self.write(f"UPDATE {table} SET {names} WHERE id=?", [*fields.values(), id])  # noqa: S608

    def write(self, sql: str, values: Values = ()) -> int:
        """Run one changing statement; return how many rows it changed."""
        with self.transaction(), storage_errors(self.path):
            return self._sqlite.execute(sql, values).rowcount

    def write_many(self, sql: str, values: Sequence[Values]) -> int:
        """Run one changing statement for each set of values; return how many rows were changed."""
        with self.transaction(), storage_errors(self.path):
            return self._sqlite.executemany(sql, values).rowcount

    def rewrite(self) -> None:
        """Write the database anew, so that nothing that was removed from it is left in any page; then use that one.

        Raises ConflictError inside a transaction, StoreLockedError while another process reads it, StoreFullError when
        there is no room for both; nothing changed then.
        """
        fresh = self.path.with_name(f"{self.path.name}.rewritten")
        with self._lock:
            if self._depth:
                raise ConflictError("The database cannot be rewritten inside a transaction.")
            try:
                self._write_anew(fresh)
            except BaseException:
                remove_draft(fresh)
                raise

    def _write_anew(self, fresh: Path) -> None:
        with storage_errors(self.path):
            for (index,) in self._sqlite.execute(WORD_INDEXES).fetchall():  # a merged index holds no removed word
                self._sqlite.execute(f'INSERT INTO "{index}"("{index}") VALUES(\'optimize\')')
            self._sqlite.commit()
            # from here to the replacing the old file must be whole without its write-ahead log
            if self._sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise StoreLockedError(f"{self.path} is being read by another program; close it and try again.")
            remove_draft(fresh)
            self._sqlite.execute("VACUUM INTO ?", (str(fresh),))
            fresh.chmod(0o600)
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            self._sqlite.close()
            try:
                for name in ("-wal", "-shm"):
                    self.path.with_name(self.path.name + name).unlink(missing_ok=True)
                fresh.replace(self.path)
            finally:
                self._open()

    def _open(self) -> None:
        self.database = open_database(self.path, self._key)
        self._sqlite = self.database.conn

    def close(self) -> None:
        """Close the connection; the write-ahead log is folded into the database."""
        with self._lock, storage_errors(self.path):
            self._sqlite.close()

    def _words(self) -> tuple[str, str, tuple[str, ...]]:
        # IMMEDIATE: a read turned write next to another writer would fail at once despite the busy timeout
        if self._depth == 0:
            return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
        name = f"level{self._depth}"
        return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")

    def _take_back(self, undo: tuple[str, ...]) -> None:
        for statement in undo:
            if self._sqlite.in_transaction:  # a full disk has already rolled back
                self._run(statement)

    def _run(self, statement: str) -> None:
        with storage_errors(self.path):
            self._sqlite.execute(statement)

    def _cursor(self) -> sqlite3.Cursor:
        cursor = self._sqlite.cursor()
        cursor.row_factory = self._row
        return cursor


def marks(values: Sequence[Any]) -> str:
    """Return the placeholders for a list of values, for `IN (...)`."""
    return ",".join("?" * len(values))
