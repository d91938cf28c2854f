"""The composition root: everything between a capture and a belief, without threads.

The demo, a replay, the daemon and the tests all work through one of these; they differ only in who brings the
captures and what the clock says.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
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
from gum.errors import EmbedderError, StoreError
from gum.infer.audit import AllowedCategories, Answers
from gum.infer.episodes import Segmenter
from gum.infer.pipeline import Inference
from gum.infer.portrait import Portraits
from gum.infer.questions import Inquiry
from gum.infer.rescore import rescore
from gum.infer.verdicts import Review
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, Observation, Suggestion
from gum.store import Store
from gum.suggest.pipeline import Suggesting

log = logging.getLogger(__name__)

RESCORE_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """What one step forward brought: ids of episodes that ended, propositions that changed, suggestions made."""

    episodes: tuple[int, ...] = ()
    propositions: tuple[int, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Agent:
    """One home at work.  `receive` and `advance` may be called from different threads."""

    def __init__(self, home: Home, config: Config, store: Store, parts: Parts, now: Clock) -> None:
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
        self.suggesting = Suggesting(store, parts.suggesters, parts.actions, config, home.output, now)
        self._inquiry = Inquiry(store, self.review, now)
        self._perceiver = Perceiver(store, parts.reader, config, now)
        self._segmenter = Segmenter(store, config.infer.episode_gap_s)
        self._queue = InferenceQueue(store, Inference(store, parts.engine, config), self.problems)
        self._receiving = threading.Lock()
        self._advancing = threading.Lock()
        self._index_checked = False
        self._rescored: datetime | None = None
        self._closed = False

    @classmethod
    def open(cls, home: Home, config: Config, now: Clock = clock.now) -> Self:
        """Open a home as its owner.

        Raises StoreError of each kind, PluginError for a part that does not exist, ConfigError.
        """
        home.create()
        parts = building.build(home, config)
        try:
            store = Store.open(
                home,
                embedder=parts.embedder,
                index_on_disk=config.store.index_on_disk,
                user_names=[name for name in (config.person.name, *config.person.aliases) if name],
                now=now,
            )
        except BaseException:
            parts.close()
            raise
        return cls(home, config, store, parts, now)

    def receive(self, capture: Capture) -> Sequence[Observation]:
        """Commit what a capture holds and return the observations; none when nothing in it was new.

        Raises StoreError; the capture may then be given again.
        """
        with self._receiving:
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
            self._queue.put(ended, now)
            changed = self._queue.work(now)
            self._fade(now, final)
            self.suggesting.withdraw(now)
            offered = self.suggesting.discover(now) if changed or ended else []
            self._index()
        return Progress(tuple(ended), tuple(changed), tuple(offered))

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
