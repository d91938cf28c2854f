"""The durable queue of inference: an episode waits, is tried, waits longer after each failure, and is given up."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from gum.daemon.problems import Problems
from gum.errors import GumError, NotFoundError, StoreError
from gum.infer.pipeline import Inference
from gum.records import InferenceState
from gum.store import Store
from gum.store.jobs import Job

log = logging.getLogger(__name__)

INFER = "infer"
TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = FIRST_WAIT * 4**TRIES


class InferenceQueue:
    """Episodes on their way to propositions.  A poison episode never holds up the others."""

    def __init__(self, store: Store, inference: Inference, problems: Problems) -> None:
        self._store = store
        self._inference = inference
        self._problems = problems
        self._recovered = False
        self._interrupted: list[int] = []

    def put(self, episodes: Iterable[int], now: datetime) -> list[int]:
        """Let episodes wait for inference; return them with those that an earlier process left behind."""
        if not self._recovered:  # those that were closed by a process that died before it queued them
            episodes = {*episodes, *(one.id for one in self._store.episodes.pending())}
            self._recovered = True
        waiting = sorted(episodes)
        for id in waiting:
            self._store.jobs.put(INFER, id, now)
        return waiting

    def work(self, now: datetime) -> list[int]:
        """Infer from every episode that is due; return the ids of the propositions that changed."""
        changed: dict[int, None] = {}
        while self._interrupted:
            self._store.jobs.put_back(self._interrupted[-1], now)
            self._interrupted.pop()
        while due := self._store.jobs.due(now, kind=INFER):
            for job in due:
                changed |= dict.fromkeys(self._try(self._store.jobs.start(job.id), now))
        if not any(job.reason for job in self._store.jobs.due(now + LONGEST_WAIT, kind=INFER)):
            self._problems.clear("inference")
        return list(changed)

    def _try(self, job: Job, now: datetime) -> list[int]:
        try:
            changed = self._inference.infer(job.subject)
        except NotFoundError:  # the episode was joined with another since
            self._store.jobs.done(job.id)
            return []
        except StoreError:  # not the episode's fault; the job is put back once the store can be written
            self._interrupted.append(job.id)
            raise
        except GumError as error:
            self._failed(job, now, str(error))
            return []
        except Exception as error:  # an engine is a plug-in and may raise anything; the other episodes go on
            log.exception("inference of episode %d failed", job.subject)
            self._failed(job, now, f"The engine failed ({type(error).__name__}).")
            return []
        self._store.jobs.done(job.id)
        return list(changed)

    def _failed(self, job: Job, now: datetime, reason: str) -> None:
        self._store.failures.note("inference", reason)
        self._problems.set("inference", reason)
        if job.tries < TRIES:
            self._store.jobs.retry(job.id, now + FIRST_WAIT * 4 ** (job.tries - 1), reason)
            return
        self._store.jobs.fail(job.id, reason)
        self._store.episodes.set_state(job.subject, InferenceState.FAILED, reason)
        log.warning("episode %d was given up after %d tries", job.subject, job.tries)
