"""What went wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong in a part of the program, with how often and when."""

    id: int
    part: str
    reason: str
    count: int
    first_at: datetime
    last_at: datetime


class Failures:
    """The failures of a store, the latest first; the same one is counted, not repeated."""

    def __init__(self, connection: Connection, now: clock.Clock) -> None:
        self._sql = connection
        self._now = now

    def note(self, part: str, reason: str) -> None:
        """Count a failure; `reason` never holds observed content."""
        at = clock.to_text(self._now())
        self._sql.write(
            "INSERT INTO failures(part, reason, first_at, last_at) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(part, reason) DO UPDATE SET count=count+1, last_at=max(last_at, excluded.last_at)",
            (part, reason, at, at),
        )

    def list(self) -> list[Failure]:
        """Return every failure."""
        return self._sql.records(_failure, "SELECT * FROM failures ORDER BY last_at DESC, id DESC")


def _failure(row: sqlite3.Row) -> Failure:
    times = {name: clock.from_text(row[name]) for name in ("first_at", "last_at")}
    return Failure(**(dict(row) | times))
