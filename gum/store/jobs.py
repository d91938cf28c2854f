"""The durable queue: what is still to be done, with tries and reasons."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.errors import NotFoundError
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: `kind` says what, `subject` on which record.

    `state` is 'waiting', 'running', 'done' or 'failed'.
    """

    id: int
    kind: str
    subject: int
    state: str
    tries: int
    next_at: datetime
    reason: str = ""


class Jobs:
    """The jobs of a store; there is one for each kind and subject."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        # what a killed process was running waits again
        self._sql.write("UPDATE jobs SET state='waiting' WHERE state='running'")

    def put(self, kind: str, subject: int, at: datetime) -> Job:
        """Ask for a job at an instant; one that waits keeps the earlier of both, one that ended starts anew."""
        with self._sql.transaction():
            self._sql.write(
                "INSERT INTO jobs(kind, subject, next_at) VALUES(?, ?, ?) ON CONFLICT(kind, subject) DO UPDATE SET "
                "next_at=CASE state WHEN 'waiting' THEN min(next_at, excluded.next_at) ELSE excluded.next_at END, "
                "tries=CASE state WHEN 'waiting' THEN tries ELSE 0 END, "
                "reason=CASE state WHEN 'waiting' THEN reason ELSE '' END, state='waiting'",
                (kind, subject, clock.to_text(at)),
            )
            id = self._sql.value("SELECT id FROM jobs WHERE kind=? AND subject=?", (kind, subject))
        return self.get(id)

    def get(self, id: int) -> Job:
        """Return one job.  Raises NotFoundError."""
        found = self._where("id=?", (id,))
        if not found:
            raise NotFoundError(f"There is no job {id}.")
        return found[0]

    def due(self, now: datetime, limit: int = 100, kind: str | None = None) -> list[Job]:
        """Return the waiting jobs, of one kind or of all, whose time has come, the longest waiting first."""
        condition = "state='waiting' AND next_at<=? AND kind=ifnull(?, kind) ORDER BY next_at, id LIMIT ?"
        return self._where(condition, (clock.to_text(now), kind, limit))

    def first(self, kind: str) -> Job | None:
        """Return the waiting job of a kind that was asked for first."""
        found = self._where("state='waiting' AND kind=? ORDER BY id LIMIT 1", (kind,))
        return found[0] if found else None

    def failed(self) -> list[Job]:
        """Return the jobs that were given up."""
        return self._where("state='failed' ORDER BY id")

    def start(self, id: int) -> Job:
        """Mark a job as running, which counts as a try."""
        self._sql.write("UPDATE jobs SET state='running', tries=tries+1 WHERE id=?", (id,))
        return self.get(id)

    def done(self, id: int) -> None:
        """Mark a running job as done; one that was asked for again meanwhile goes on waiting."""
        self._sql.write("UPDATE jobs SET state='done', reason='' WHERE id=? AND state='running'", (id,))

    def retry(self, id: int, next_at: datetime, reason: str) -> None:
        """Let a job wait for another try."""
        values = (clock.to_text(next_at), reason, id)
        self._sql.write("UPDATE jobs SET state='waiting', next_at=?, reason=? WHERE id=?", values)

    def put_back(self, id: int, next_at: datetime) -> None:
        """Let a job that was interrupted wait again; its last try does not count."""
        values = (clock.to_text(next_at), id)
        self._sql.write("UPDATE jobs SET state='waiting', tries=max(tries-1, 0), next_at=? WHERE id=?", values)

    def hasten(self, now: datetime) -> None:
        """Let nothing wait any longer than until now: the clock that it waits for was set back."""
        moment = clock.to_text(now)
        self._sql.write("UPDATE jobs SET next_at=? WHERE state='waiting' AND next_at>?", (moment, moment))

    def fail(self, id: int, reason: str) -> None:
        """Give a job up, with a reason that the person can see."""
        self._sql.write("UPDATE jobs SET state='failed', reason=? WHERE id=?", (reason, id))

    def counts(self, kind: str | None = None) -> dict[str, int]:
        """Return how many jobs, of one kind or of all, are waiting, running, done and failed."""
        sql = "SELECT state, count(*) n FROM jobs WHERE kind=ifnull(?, kind) GROUP BY state"
        counted = {row["state"]: row["n"] for row in self._sql.rows(sql, (kind,))}
        return {state: counted.get(state, 0) for state in ("waiting", "running", "done", "failed")}

    def oldest(self, kind: str | None = None) -> datetime | None:
        """Return since when the longest waiting job, of one kind or of all, is due."""
        found = self._sql.value("SELECT min(next_at) FROM jobs WHERE state='waiting' AND kind=ifnull(?, kind)", (kind,))
        return None if found is None else clock.from_text(found)

    def _where(self, condition: str, values: tuple[object, ...] = ()) -> list[Job]:
        sql = f"SELECT id, kind, subject, state, tries, next_at, reason FROM jobs WHERE {condition}"  # noqa: S608
        return self._sql.records(_job, sql, values)


def _job(row: sqlite3.Row) -> Job:
    return Job(**(dict(row) | {"next_at": clock.from_text(row["next_at"])}))
