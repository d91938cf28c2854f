"""Coverage: what the observers did when, so that a gap has a reason."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from gum import clock
from gum.records import Coverage, CoverageState
from gum.store.connection import Connection

LONGEST_GAP = timedelta(minutes=5)  # marks further apart than this do not make one interval


class Coverages:
    """The intervals of a store, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def mark(self, state: CoverageState, at: datetime, reason: str = "") -> Coverage:
        """Say what is going on at an instant: the running interval grows, or ends where a new one begins."""
        with self._sql.transaction():
            last = self.last()
            near = last is not None and last.started_at <= at <= last.ended_at + LONGEST_GAP
            if last is not None and near:
                self._sql.update("coverage", last.id, {"ended_at": clock.to_text(max(at, last.ended_at))})
                if (last.state, last.reason) == (state, reason):
                    return self._get(last.id)
            moment = clock.to_text(at)
            fields = {"started_at": moment, "ended_at": moment, "state": str(state), "reason": reason}
            return self._get(self._sql.insert("coverage", fields))

    def span(self, state: CoverageState, since: datetime, until: datetime, reason: str = "") -> Coverage:
        """Say what was going on during a whole interval, however long, that has ended; the next mark begins anew."""
        fields = {"started_at": clock.to_text(since), "ended_at": clock.to_text(until)}
        return self._get(self._sql.insert("coverage", fields | {"state": str(state), "reason": reason}))

    def between(self, since: datetime | None, until: datetime | None) -> list[Coverage]:
        """Return the intervals that overlap the time from `since` up to `until`; None leaves a side open."""
        start = "" if since is None else clock.to_text(since)
        end = "9999" if until is None else clock.to_text(until)
        sql = "SELECT * FROM coverage WHERE ended_at>=? AND started_at<? ORDER BY started_at, id"
        return self._sql.records(_coverage, sql, (start, end))

    def last(self) -> Coverage | None:
        """Return the interval that was begun last."""
        return self._sql.record(_coverage, "SELECT * FROM coverage ORDER BY id DESC LIMIT 1")

    def _get(self, id: int) -> Coverage:
        return self._sql.records(_coverage, "SELECT * FROM coverage WHERE id=?", (id,))[0]


def _coverage(row: sqlite3.Row) -> Coverage:
    started, ended = clock.from_text(row["started_at"]), clock.from_text(row["ended_at"])
    return Coverage(started, ended, CoverageState(row["state"]), row["reason"], row["id"])
