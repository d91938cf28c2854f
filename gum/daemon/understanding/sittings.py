"""The model's own queue: episodes gather, are worked on together, and are given up one by one when they fail.

The built-in engine has inferred from each of them before.  A model is asked in sittings: episodes in a row in one
question.  A sitting that fails is split the next time, so that one bad episode ends alone; and after each failure the
model rests, twice as long each time, so that a dead one costs a handful of calls in an hour.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gum.config import Model
from gum.daemon.problems import Problems
from gum.daemon.understanding.budget import Budget
from gum.errors import EngineInterruptedError, EngineUnavailableError, GumError, NotFoundError, StoreError
from gum.infer.pipeline import Inference
from gum.protocols import Reasoner
from gum.records import Episode, InferenceState
from gum.store import Store
from gum.store.jobs import Job

log = logging.getLogger(__name__)

UNDERSTAND = "understand"
PART = "model"
TRIES = 5
#: Most episodes of a sitting; a sitting with a try behind it is a quarter as long.
MOST_EPISODES = 16
#: A pause longer than this ends a sitting, whatever else is waiting.
APART = timedelta(hours=1)
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
#: What a model is asked beside its sittings leaves them this many questions of what activity has earned.
SPARE_CALLS = 2.0
#: What a model has not come to after so long it leaves to counting.
TOO_OLD = timedelta(days=7)
_LOOK_AHEAD = 400


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many episodes wait for the model, since when the oldest does, and why none is worked on now."""

    waiting: int
    since: datetime | None
    why: str


class Sittings:
    """Episodes on their way to a model."""

    def __init__(
        self, store: Store, engine: Reasoner, inference: Inference, problems: Problems, settings: Model, gap_s: float
    ) -> None:
        self._store = store
        self._engine = engine
        self._inference = inference
        self._problems = problems
        self._settings = settings
        self._gap = timedelta(seconds=gap_s)
        self._budget = Budget(store, settings)
        self._failures = 0
        self._rests_until: datetime | None = None
        self._interrupted: list[int] = []
        self._working = threading.Lock()
        self._why = ""

    def put(self, episodes: Iterable[int], now: datetime) -> None:
        """Let episodes wait for the model; their activity earns its calls.  Call it inside a transaction."""
        for id in sorted(episodes):
            self._budget.earn(self._store.episodes.get(id))
            self._store.jobs.put(UNDERSTAND, id, now)

    def work(self, now: datetime, why_wait: Callable[[], str] = str) -> list[int]:
        """Work through the sittings that are due while nothing stands against it; return what changed.

        Raises StoreError; the episodes then wait again.
        """
        changed: dict[int, None] = {}
        with self._working:
            self._take_back(now)
            while True:
                self._why = why_wait() or self._own_reason(now)
                sitting = [] if self._why else self._next(now)
                if not sitting:
                    return list(changed)
                changed |= dict.fromkeys(self._try(sitting, now))

    def beside(self, question: Callable[[], None], now: datetime, why_wait: Callable[[], str] = str) -> None:
        """Ask the model something that is on no sitting, where nothing stands against it and its credit is ample."""
        with self._working:
            if why_wait() or self._own_reason(now) or self._budget.calls < 1 + SPARE_CALLS:
                return
            before = self._used()
            try:
                question()
            finally:
                self._spend(before)

    def backlog(self, now: datetime) -> Backlog:
        """Return what waits, and why."""
        waiting = self._store.jobs.counts(UNDERSTAND)["waiting"]
        why = self._why if waiting else ""
        if self._rests_until is not None and now < self._rests_until:
            why = f"until {self._rests_until.astimezone():%H:%M} after a failure"
        first = self._store.jobs.first(UNDERSTAND)
        return Backlog(waiting, self._ended_at(first), why)

    def _ended_at(self, job: Job | None) -> datetime | None:
        try:
            return self._store.episodes.get(job.subject).ended_at if job else None
        except NotFoundError:
            return None

    def _own_reason(self, now: datetime) -> str:
        if self._rests_until is not None and now < self._rests_until:
            return "after a failure"
        return "" if self._budget.calls >= 1 else "until your activity has earned its next question"

    def _take_back(self, now: datetime) -> None:
        """Let what was interrupted, by a store that could not be written, wait again."""
        while self._interrupted:
            self._store.jobs.put_back(self._interrupted[-1], now)
            self._interrupted.pop()

    def _next(self, now: datetime) -> list[tuple[Job, Episode]]:
        """Return the oldest episodes in a row that are ripe; none when they still gather."""
        waiting = self._waiting(now)
        if not waiting:
            return []
        most = max(1, MOST_EPISODES >> 2 * waiting[0][0].tries)
        sitting = waiting[:1]
        for one in waiting[1:]:
            apart = one[1].started_at - sitting[-1][1].ended_at > APART
            if len(sitting) == most or apart or one[0].tries != sitting[0][0].tries:
                return sitting
            sitting.append(one)
            if self._is_full(sitting):
                return sitting
        idle = now - sitting[-1][1].ended_at >= self._gap
        return sitting if idle or len(sitting) == most or self._is_full(sitting) or sitting[0][0].tries else []

    def _is_full(self, sitting: Sequence[tuple[Job, Episode]]) -> bool:
        return sum(episode.dwell_s for _, episode in sitting) >= self._settings.gather_s

    def _waiting(self, now: datetime) -> list[tuple[Job, Episode]]:
        """Return the jobs that are due with their episodes, in the order of the day."""
        found = []
        for job in self._store.jobs.due(now, _LOOK_AHEAD, UNDERSTAND):
            try:
                episode = self._store.episodes.get(job.subject)
            except NotFoundError:  # it was joined with another since, or forgotten
                self._store.jobs.start(job.id)
                self._store.jobs.done(job.id)
                continue
            if now - episode.ended_at > TOO_OLD:
                self._store.jobs.fail(job.id, "The model did not come to it within a week.")
                continue
            found.append((job, episode))
        return sorted(found, key=lambda one: (one[1].started_at, one[1].id))

    def _try(self, sitting: Sequence[tuple[Job, Episode]], now: datetime) -> list[int]:
        jobs = [self._store.jobs.start(job.id) for job, _ in sitting]
        images = min(self._settings.images_per_call, max(0, int(self._budget.images)))
        before = self._used()
        try:
            changed = self._inference.infer(*(episode.id for _, episode in sitting), images=images)
        except NotFoundError:  # one of them went meanwhile: the others are asked about at once
            self._put_back(jobs, now)
            return []
        except StoreError:
            self._interrupted += [job.id for job in jobs]
            raise
        except EngineInterruptedError:
            self._put_back(jobs, now)
            self._rests_until = now + timedelta(seconds=1)
            return []
        except EngineUnavailableError as error:
            self._put_back(jobs, now)
            self._rest(now, str(error))
            return []
        except GumError as error:
            self._spend(before)
            self._failed(jobs, now, str(error))
            return []
        except Exception as error:  # an engine is a plug-in and may raise anything; the other episodes go on
            log.exception("the model %s failed", self._engine.name)
            self._spend(before)
            self._failed(jobs, now, f"The engine failed ({type(error).__name__}).")
            return []
        self._spend(before)
        for job in jobs:
            self._store.jobs.done(job.id)
        self._failures, self._rests_until = 0, None
        self._problems.clear(PART)
        return changed

    def _used(self) -> tuple[int, int]:
        usage: Any = getattr(self._engine, "usage", None)
        return (usage.calls, usage.images) if usage is not None else (0, 0)

    def _spend(self, before: tuple[int, int]) -> None:
        """Take what an answered sitting used from the budget; an engine that does not count has used one call."""
        calls, images = self._used()
        self._budget.spend(calls - before[0] if hasattr(self._engine, "usage") else 1, images - before[1])

    def _put_back(self, jobs: Sequence[Job], now: datetime) -> None:
        for job in jobs:
            self._store.jobs.put_back(job.id, now)

    def _rest(self, now: datetime, reason: str) -> None:
        """Leave the model alone for a while, twice as long after each failure in a row."""
        self._failures += 1
        self._rests_until = now + min(LONGEST_REST, FIRST_REST * 2 ** min(self._failures - 1, 10))
        self._store.failures.note(PART, reason)
        self._problems.set(PART, f"{reason} Counting goes on without it.")

    def _failed(self, jobs: Sequence[Job], now: datetime, reason: str) -> None:
        self._rest(now, reason)
        for job in jobs:
            if job.tries < TRIES:
                self._store.jobs.retry(job.id, now, reason)
                continue
            self._store.jobs.fail(job.id, reason)
            self._store.episodes.set_state(job.subject, InferenceState.FAILED, f"{self._engine.name}: {reason}")
            log.warning("the model gave episode %d up after %d tries", job.subject, job.tries)
