"""The composition root: everything between a capture and a belief, without threads.

The demo, a replay, the daemon and the tests all work through one of these; they differ only in who brings the
captures and what the clock says.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from gum import clock
from gum.clock import Clock
from gum.config import Config
from gum.daemon import parts as building
from gum.daemon.coverage import CoverageKeeper
from gum.daemon.parts import Parts
from gum.daemon.problems import Problems
from gum.daemon.queue import InferenceQueue
from gum.daemon.understanding import Backlog, Sittings
from gum.errors import EmbedderError, StoreError
from gum.forget.forgetting import Forgetter, Preview
from gum.forget.retention import Retention
from gum.forget.selection import Selection
from gum.infer.audit import AllowedCategories, Answers
from gum.infer.episodes import Segmenter
from gum.infer.pipeline import Inference
from gum.infer.portrait import Portraits
from gum.infer.questions import Inquiry
from gum.infer.rescore import rescore
from gum.infer.steps import ALL, Steps
from gum.infer.verdicts import Review
from gum.paths import Home
from gum.perceive.exclusion import Exclusions
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, Observation, Suggestion
from gum.store import Store
from gum.store.encryption.holders import Passphrase, no_passphrase
from gum.store.forgotten import Forgetting
from gum.suggest.pipeline import Suggesting
from gum.transfer.taking import Taking
from gum.wire import Imported, ImportIn

log = logging.getLogger(__name__)

RESCORE_EVERY = timedelta(hours=1)
OVER_BUDGET = (
    "What is kept takes more than store.disk_budget_mb, and propositions rest on all of it. "
    "Raise the budget, or forget something."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What one step forward brought: ids of episodes that ended, propositions that changed, suggestions made."""

    episodes: tuple[int, ...] = ()
    propositions: tuple[int, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Agent:
    """One home at work.  `receive` and `advance` may be called from different threads."""

    def __init__(self, home: Home, config: Config, store: Store, parts: Parts, now: Clock, steps: Steps = ALL) -> None:
        self.home = home
        self.config = config
        self.store = store
        self.parts = parts
        self.clock = now
        self.problems = Problems()
        for part, sentence in parts.degraded.items():
            self.problems.set(part, sentence)
        self.coverage = CoverageKeeper(store)
        self.review = Review(store, now)
        allowed = AllowedCategories(store, config.infer.allow_sensitive)
        self.auditing = Answers(store, parts.engine, allowed, now)
        self.portraits = Portraits(store, allowed.all, parts.engine, now)
        self.suggesting = Suggesting(
            store, parts.suggesters, parts.actions, config, home.output, now, parts.embedder, parts.writer
        )
        self._inquiry = Inquiry(store, self.review, now)
        self.forgetter = Forgetter(store, config.infer.episode_gap_s, timedelta(hours=config.keep.undo_hours), now)
        self.retention = Retention(store, config, now)
        self.exclusions = Exclusions(store.settings, config.exclude)
        sees = parts.model is not None and min(config.model.images_per_hour, config.model.images_per_call) > 0
        self._perceiver = Perceiver(store, parts.reader, config, now, self.exclusions.judge, pictures=sees)
        self._segmenter = Segmenter(store, config.infer.episode_gap_s)
        self._queue = InferenceQueue(store, Inference(store, parts.engine, config, steps=steps), self.problems)
        self._sittings = self._made_sittings()
        self._receiving = threading.Lock()
        self._advancing = threading.Lock()
        self._index_checked = False
        self._rescored: datetime | None = None
        self._closed = False

    @classmethod
    def open(
        cls,
        home: Home,
        config: Config,
        now: Clock = clock.now,
        passphrase: Passphrase = no_passphrase,
        steps: Steps = ALL,
        *,
        apart: bool = False,
    ) -> Self:
        """Open a home as its owner; `passphrase` is asked for when it is encrypted by one.

        `apart` keeps reader and embedder out of this process; a stream that waits for nobody is read faster within.
        An evaluation may leave out `steps` of inference.

        Raises StoreError of each kind, PluginError for a part that does not exist, ConfigError.
        """
        home.create()
        parts = building.build(home, config, apart=apart)
        try:
            store = Store.open(
                home,
                embedder=parts.embedder,
                index_on_disk=config.store.index_on_disk,
                index_server=config.store.index_server,
                user_names=[name for name in (config.person.name, *config.person.aliases) if name],
                now=now,
                passphrase=passphrase,
            )
        except BaseException:
            parts.close()
            raise
        return cls(home, config, store, parts, now, steps)

    def receive(self, capture: Capture) -> Sequence[Observation]:
        """Commit what a capture holds and return the observations; none when nothing in it was new.

        Raises StoreError; the capture may then be given again.
        """
        with self._receiving:
            self.suggesting.present.saw(capture)
            return self._perceiver.perceive(capture)

    def ahead(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """Yield the captures in order while those to come are read already; for a stream that waits for nobody."""
        return self._perceiver.ahead(captures)

    def advance(self, now: datetime, final: bool = False) -> Progress:
        """Do what is due: end episodes, infer from them, discover suggestions, bring the index up to date.

        `final` ends the running episode too.  Raises StoreError.
        """
        with self._advancing:
            ended = self._segmenter.advance(now, final)
            self._put(ended, now)
            changed = self._queue.work(now)
            self._fade(now, final)
            self.suggesting.withdraw(now)
            self.suggesting.wake(now)
            due = changed or ended or self.suggesting.is_due(now)
            offered = self.suggesting.discover(now) if due else []
            self._index()
        return Progress(tuple(ended), tuple(changed), tuple(offered))

    def start_over(self, now: datetime) -> Progress:
        """Go on after the clock was set back: what waits for a later time waits no more.  Raises StoreError."""
        self.store.jobs.hasten(now)
        return self.advance(now, final=True)

    def understand(self, now: datetime, why_wait: Callable[[], str] = str) -> list[int]:
        """Let the model, where there is one, work through what waits for it while `why_wait` gives no reason.

        It takes long and needs no lock of `advance`, which may go on in another thread.  Return the propositions that
        changed.  Raises StoreError.
        """
        if self._sittings is None:
            return []
        changed = self._sittings.work(now, why_wait)
        if changed:
            model = self.parts.model
            if model is not None:
                self._sittings.beside(lambda: self.suggesting.imagine(model, now), now, why_wait)
            with self._advancing:
                self.suggesting.discover(now)
                self._index()
        return changed

    def backlog(self, now: datetime) -> Backlog | None:
        """Return what waits for the model; None where there is none."""
        return self._sittings.backlog(now) if self._sittings is not None else None

    def interrupt(self) -> None:
        """Put model and embedder away, in the middle of what they do; it is taken up again at the next start."""
        for part in (self.parts.model, self.parts.embedder):
            close = getattr(part, "close", None)
            if close is not None:
                close()

    def forget(
        self, selection: Selection, *, now: bool = False, window: timedelta | None = None
    ) -> tuple[Forgetting, Preview]:
        """Forget what is named; what is being perceived is committed before, so that it goes too.

        Raises NotFoundError, ConflictError, StoreError; nothing was forgotten then.
        """
        with self._receiving:
            done = self.forgetter.forget(selection, now=now, window=window)
            self._perceiver.start_anew()
        return done

    def take_in(self, given: ImportIn, now: datetime) -> Imported:
        """Take in what another program has kept, all of it or nothing.  Raises StoreError."""
        allowed = AllowedCategories(self.store, self.config.infer.allow_sensitive).all()
        taking = Taking(self.store, self.exclusions.judge, allowed, lambda: self._segmenter.advance(now))
        with self._advancing, self.store.transaction():
            imported, ended = taking.take(given, now)
            self._put(ended, now)
        return imported

    def keep_house(self) -> None:
        """Remove what is too old or does not fit.  Raises StoreError."""
        if self.retention.apply().over:
            self.problems.set("disk", OVER_BUDGET)
        else:
            self.problems.clear("disk")

    def close(self) -> None:
        """Close everything; harmless when closed already."""
        if self._closed:
            return
        self._closed = True
        self.parts.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _made_sittings(self) -> Sittings | None:
        model, config = self.parts.model, self.config
        if model is None:
            return None
        inference = Inference(self.store, model, config, self.parts.counting)
        return Sittings(self.store, model, inference, self.problems, config.model, config.infer.episode_gap_s)

    def _put(self, ended: Sequence[int], now: datetime) -> None:
        """Let episodes wait for both engines at once, so that none can be killed between the two."""
        with self.store.transaction():
            waiting = self._queue.put(ended, now)
            if self._sittings is not None:
                self._sittings.put(waiting, now)

    def _fade(self, now: datetime, final: bool) -> None:
        """Bring probabilities to the present hour, for evidence fades unseen, and ask what is worth asking by then."""
        if final or self._rescored is None or now - self._rescored >= RESCORE_EVERY:
            rescore(self.store, now)
            self._inquiry.look(now)
            self._rescored = now

    def _index(self) -> None:
        """Bring the index up to date; it is rebuildable, so that its troubles never stop the work."""
        try:
            if not self._index_checked:  # a process that died may have left it behind
                self.store.index.repair()
                self._index_checked = True
            self.store.index.flush()
        except (EmbedderError, StoreError) as error:
            self.problems.set("index", str(error))
        else:
            self.problems.clear("index")
