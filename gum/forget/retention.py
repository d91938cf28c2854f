"""Retention: how long each thing is kept, how much room all may take, and what was removed for either reason.

Nothing that a proposition rests on is removed, whatever its age: the observations behind its evidence stay whole but
for their pixels.  Propositions go only when the person has set an age for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gum import clock
from gum.clock import Clock
from gum.config import Config, Keep
from gum.store import Store
from gum.store.connection import marks

AGE, BUDGET = "age", "budget"
REASONS = (AGE, BUDGET)
MEGABYTE = 1_000_000
_PART = 400
_SPARE = 1.2  # texts share pages with what stays: somewhat more than the excess is removed
_LOOSE_SHARE, _LOOSE_BYTES = 0.25, 16 * MEGABYTE  # so much free space inside the database is given back

# What quotes an observation needs its text: evidence, and drafts that wait for the person's answer.
_NEEDED = "id IN (SELECT observation FROM evidence UNION SELECT observation FROM audit_quotes)"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many days something is kept; None keeps it until it is forgotten."""

    what: str
    days: float | None


@dataclass(frozen=True, slots=True)
class Used:
    """Bytes on disk."""

    frames: int
    database: int
    index: int

    @property
    def total(self) -> int:
        return self.frames + self.database + self.index


@dataclass(slots=True)
class Removed:
    """What one round removed, by thing and reason; `over` when the budget cannot be held without propositions."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    over: bool = False


def limits(keep: Keep) -> list[Limit]:
    """Return the policy in force, from what goes first to what goes last."""
    named = (
        ("frames", keep.pixels_days),
        ("texts", keep.texts_days),
        ("episodes", keep.episodes_days),
        ("propositions", keep.propositions_days),
    )
    return [Limit(what, days or None) for what, days in named]


class Retention:
    """Holds one store to its policy."""

    def __init__(self, store: Store, config: Config, now: Clock) -> None:
        self._store = store
        self._sql = store.sql
        self._keep = config.keep
        self.budget = config.store.disk_budget_mb * MEGABYTE
        self.undo_hours = config.keep.undo_hours
        self._now = now
        self.last: datetime | None = None
        self.over = False

    def policy(self) -> list[Limit]:
        """Return the policy in force."""
        return limits(self._keep)

    def used(self) -> Used:
        """Return what is taken on disk."""
        home = self._store.home
        files = [home.database, home.database.with_name(home.database.name + "-wal")]
        return Used(
            self._store.frames.bytes_used(),
            sum(file.stat().st_size for file in files if file.exists()),
            sum(file.stat().st_size for file in home.index.rglob("*") if file.is_file()) if home.index.is_dir() else 0,
        )

    def apply(self) -> Removed:
        """Remove what is too old, then what does not fit; count it in the ledger.  Raises StoreError."""
        removed = Removed()
        for limit in reversed(self.policy()):  # what rests on something goes before it
            if limit.days is not None:
                before = self._now() - timedelta(days=limit.days)
                with self._store.transaction():
                    self._too_old(limit.what, clock.to_text(before), removed)
        self._store.frames.clear_strays()
        self._fit(removed)
        self.last, self.over = self._now(), removed.over
        return removed

    # ------------------------------------------------------------------ by age

    def _too_old(self, what: str, before: str, removed: Removed) -> None:
        if what == "frames":
            sql = "SELECT frame FROM observations WHERE frame!='' GROUP BY frame HAVING max(captured_at)<?"
            frames = [row["frame"] for row in self._sql.rows(sql, (before,))]
            for sha in frames:
                self._store.frames.remove(sha)
            self._count(removed, "frames", AGE, len(frames))
        elif what == "texts":
            sql = f"SELECT id FROM observations WHERE captured_at<? AND text!='' AND NOT {_NEEDED}"  # noqa: S608
            self._blank([row["id"] for row in self._sql.rows(sql, (before,))], AGE, removed)
        elif what == "episodes":
            self._old_episodes(before, removed)
        else:
            self._old_propositions(before, removed)

    def _old_episodes(self, before: str, removed: Removed) -> None:
        """Remove old observations that nothing rests on, and the episodes that are empty then."""
        condition = f"captured_at<? AND NOT {_NEEDED}"
        rows = self._sql.rows(f"SELECT DISTINCT episode FROM observations WHERE {condition}", (before,))  # noqa: S608
        observations = self._sql.write(f"DELETE FROM observations WHERE {condition}", (before,))  # noqa: S608
        empty = [row["episode"] for row in rows if row["episode"] is not None]
        gone = 0
        for part in _parts(empty):
            chosen = f"id IN ({marks(part)}) AND id NOT IN (SELECT episode FROM observations WHERE episode IS NOT NULL)"  # noqa: S608
            gone += self._sql.write(f"DELETE FROM episodes WHERE {chosen}", part)  # noqa: S608
        self._sql.write("DELETE FROM jobs WHERE kind='infer' AND subject NOT IN (SELECT id FROM episodes)")
        self._count(removed, "observations", AGE, observations)
        self._count(removed, "episodes", AGE, gone)

    def _old_propositions(self, before: str, removed: Removed) -> None:
        """Remove propositions that nothing has supported for long, with what rests on them; never the person's own."""
        sql = (
            "SELECT id FROM propositions WHERE last_supported<? AND pinned=0 AND edited=0 AND status!='confirmed' "
            "AND engine!='person'"
        )
        ids = [row["id"] for row in self._sql.rows(sql, (before,))]
        for part in _parts(ids):
            those = f"IN ({marks(part)})"
            for table in ("suggestions", "questions"):
                rests = f"EXISTS (SELECT 1 FROM json_each({table}.propositions) WHERE value {those})"  # noqa: S608
                self._sql.write(f"DELETE FROM {table} WHERE {rests}", part)  # noqa: S608
            self._sql.write(f"DELETE FROM verdicts WHERE target='proposition' AND target_id {those}", part)  # noqa: S608
            self._sql.write(f"DELETE FROM propositions WHERE id {those}", part)  # noqa: S608
        self._store.outdated(ids)
        self._count(removed, "propositions", AGE, len(ids))

    def _blank(self, ids: Sequence[int], reason: str, removed: Removed) -> None:
        for part in _parts(ids):
            self._sql.write(f"UPDATE observations SET text='', content_hash='' WHERE id IN ({marks(part)})", part)  # noqa: S608
        self._count(removed, "texts", reason, len(ids))

    # ------------------------------------------------------------------ by room

    def _fit(self, removed: Removed) -> None:
        """Bring all below the budget: the oldest frames first, then the oldest texts that nothing rests on."""
        excess = self.used().total - self.budget
        if excess > 0:
            frames = self._store.frames
            gone = frames.trim(max(0, frames.bytes_used() - excess))
            self._count(removed, "frames", BUDGET, gone)
            excess = self.used().total - self.budget
        if excess > 0:
            self._blank_oldest(excess, removed)
        if excess > 0 or self._is_loose():
            self._sql.rewrite()
        removed.over = self.used().total > self.budget

    def _blank_oldest(self, excess: int, removed: Removed) -> None:
        sql = (
            f"SELECT id, length(CAST(text AS BLOB)) AS size FROM observations WHERE text!='' AND state!='pending' "  # noqa: S608
            f"AND NOT {_NEEDED} ORDER BY captured_at, id"
        )
        chosen, room = [], 0
        for row in self._sql.rows(sql):
            if room >= excess * _SPARE:
                break
            chosen.append(row["id"])
            room += row["size"]
        with self._store.transaction():
            self._blank(chosen, BUDGET, removed)

    def _is_loose(self) -> bool:
        free, pages, size = (
            int(self._sql.value(f"PRAGMA {name}")) for name in ("freelist_count", "page_count", "page_size")
        )
        return free * size > _LOOSE_BYTES and free > _LOOSE_SHARE * pages

    def _count(self, removed: Removed, what: str, reason: str, count: int) -> None:
        removed.counts[what, reason] += count
        self._store.ledger.add(f"removed {what}", reason, count, self._now())


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _PART] for start in range(0, len(ids), _PART)]
