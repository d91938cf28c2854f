"""What is still to be sent to a daemon on another machine: on disk, in order, and never larger than it may be.

Captures lie here masked but unread, so the file is readable by the person alone and what was delivered is overwritten.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from gum.store.failing import storage_errors

_TABLE = """
CREATE TABLE IF NOT EXISTS captures(
    id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, bytes INTEGER NOT NULL, pixels INTEGER NOT NULL) STRICT
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One capture as it is sent."""

    id: int
    body: str


class Spool:
    """A bounded queue on disk; thread-safe.  `dropped` counts what gave way to newer captures since it was opened.

    When it is full the oldest captures with pixels give way first, then the oldest of all.
    """

    def __init__(self, path: Path, most_bytes: int) -> None:
        """Open it, or make it.  Raises StoreLockedError when another process sends from it, StoreError."""
        self._path = path
        self._most = most_bytes
        self._lock = threading.Lock()
        self.dropped = 0
        with storage_errors(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._sql = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=0)
            try:
                for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=TRUNCATE", "secure_delete=ON"):
                    self._sql.execute(f"PRAGMA {pragma}")
                self._sql.execute("BEGIN IMMEDIATE")
                self._sql.execute(_TABLE)
                self._sql.execute("COMMIT")
            except BaseException:
                self._sql.close()
                raise

    def add(self, body_of: Callable[[str], str], pixels: bool) -> None:
        """Keep one capture; `body_of` writes it with the source that makes sending it again harmless.

        Raises StoreError.
        """
        body = body_of(f"spool:{uuid4()}")
        with self._lock, storage_errors(self._path), self._sql:
            self._sql.execute("BEGIN")
            self._sql.execute("INSERT INTO captures(body, bytes, pixels) VALUES(?, ?, ?)", (body, len(body), pixels))
            while self._used() > self._most:
                self._sql.execute(
                    "DELETE FROM captures WHERE id=(SELECT id FROM captures ORDER BY pixels DESC, id LIMIT 1)"
                )
                self.dropped += 1

    def first(self) -> Waiting | None:
        """Return the oldest capture; None when nothing waits.  Raises StoreError."""
        with self._lock, storage_errors(self._path):
            row = self._sql.execute("SELECT id, body FROM captures ORDER BY id LIMIT 1").fetchone()
        return Waiting(*row) if row else None

    def done(self, id: int) -> None:
        """Forget a capture that was delivered, or that nobody wants.  Raises StoreError."""
        with self._lock, storage_errors(self._path):
            self._sql.execute("DELETE FROM captures WHERE id=?", (id,))

    def __len__(self) -> int:
        with self._lock, storage_errors(self._path):
            return int(self._sql.execute("SELECT count(*) FROM captures").fetchone()[0])

    def close(self) -> None:
        with self._lock:
            self._sql.close()

    def _used(self) -> int:
        return int(self._sql.execute("SELECT ifnull(sum(bytes), 0) FROM captures").fetchone()[0])
