"""The one connection of the owning process: one thread at a time, every error from our tree."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from gum.errors import StoreCorruptError
from gum.store.database import open_database
from gum.store.failing import storage_errors

Record = TypeVar("Record")
Values = Sequence[Any]


class Connection:
    """Runs SQL for the repositories.  A transaction keeps other threads out until it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = open_database(path)
        self._sqlite = self.database.conn
        self._lock = threading.RLock()
        self._depth = 0
        self._owner: int | None = None  # the thread inside a transaction

    @property
    def in_transaction(self) -> bool:
        """Whether this very thread is inside a transaction."""
        return self._owner == threading.get_ident()

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
        cursor.row_factory = sqlite3.Row
        return cursor


def marks(values: Sequence[Any]) -> str:
    """Return the placeholders for a list of values, for `IN (...)`."""
    return ",".join("?" * len(values))
