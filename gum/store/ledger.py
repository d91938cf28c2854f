"""The ledger: how much of what was kept, held back or removed on which day, and why; never what it was."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from gum import clock
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """So many of something on one local day, for one reason."""

    day: date
    what: str
    reason: str
    count: int


class Ledger:
    """Counts by day, thing and reason.  Neither name may hold observed content."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, what: str, reason: str, count: int, at: datetime) -> None:
        """Count more of something on the local day of an instant; a count of nothing leaves no row."""
        if count <= 0:
            return
        self._sql.write(
            "INSERT INTO ledger(day, what, reason, count) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(day, what, reason) DO UPDATE SET count=count+excluded.count",
            (at.astimezone().date().isoformat(), what, reason, count),
        )

    def between(self, since: date | None = None, until: date | None = None) -> list[LedgerEntry]:
        """Return the entries of the days from `since` to `until`, both included, oldest first."""
        sql = "SELECT * FROM ledger WHERE day>=? AND day<=? ORDER BY day, what, reason"
        values = (since.isoformat() if since else "", until.isoformat() if until else "9999")
        return self._sql.records(_entry, sql, values)


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was written out of the store and lies where the program has no hold on it."""

    path: Path
    made_at: datetime


class Exports:
    """The exports and backups that the program made and knows of, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, path: Path, made_at: datetime) -> None:
        """Remember that an export was written."""
        self._sql.write(
            "INSERT INTO exports(path, made_at) VALUES(?, ?) ON CONFLICT(path) DO UPDATE SET made_at=excluded.made_at",
            (str(path.absolute()), clock.to_text(made_at)),
        )

    def list(self) -> list[Export]:
        """Return every export that is still where it was written."""
        found = self._sql.records(_export, "SELECT path, made_at FROM exports ORDER BY made_at, id")
        return [one for one in found if one.path.exists()]


def _entry(row: sqlite3.Row) -> LedgerEntry:
    return LedgerEntry(date.fromisoformat(row["day"]), row["what"], row["reason"], row["count"])


def _export(row: sqlite3.Row) -> Export:
    return Export(Path(row["path"]), clock.from_text(row["made_at"]))
