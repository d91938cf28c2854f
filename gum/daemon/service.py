"""The daemon at work: observers, perceiving, inferring and the API, each in threads of their own.

observer threads --Capture--> Intake --> perceive thread --> Agent.receive
                                         infer thread    --> Agent.advance, retention
                                         model thread    --> Agent.understand, when it disturbs nobody
                                         API thread      --> this object, as `gum.api.backend.Backend`
                                         watchdog thread --> does the display answer
                                         tick            --> pause ends, coverage, verdict, frames that stopped
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import gum
from gum import choosing
from gum.config import Config
from gum.daemon.agent import Agent
from gum.daemon.budgets import Budgets
from gum.daemon.clocks import HomeClock, Leaps
from gum.daemon.desktop import SharedDesktop
from gum.daemon.holding import Holding
from gum.daemon.models import Models
from gum.daemon.notifying import Notifying
from gum.daemon.observing import threads_of
from gum.daemon.pausing import Pauses
from gum.daemon.report import report
from gum.daemon.server import ApiServer
from gum.daemon.status import STARTING, Facts, ObserverFacts, failure, frames_missing
from gum.daemon.understanding import Leisure
from gum.daemon.watchdog import Watchdog
from gum.daemon.working import Working
from gum.errors import ConflictError, StoreError
from gum.infer.answering import Answering, asked
from gum.infer.proposing import propose
from gum.network import close_ways_out
from gum.paths import Home
from gum.perceive.exclusion import Exclusions
from gum.perceive.intake import Intake
from gum.protocols import Apart, Forwarding, Reranking, Stop, longest_pause
from gum.records import Capture, CoverageState, Proposition
from gum.store import Store
from gum.store.encryption.holders import Passphrase, no_passphrase
from gum.wire import DaemonStatus, Imported, ImportIn

if TYPE_CHECKING:
    from gum.forget.forgetting import Forgetter, Preview
    from gum.forget.retention import Retention
    from gum.forget.selection import Selection
    from gum.infer.audit import Answers
    from gum.infer.portrait import Portraits
    from gum.infer.verdicts import Review
    from gum.store.forgotten import Forgetting
    from gum.store.search.query import Rerank
    from gum.suggest.pipeline import Suggesting

log = logging.getLogger(__name__)

TICK_S = 1.0
SET_BACK = timedelta(seconds=-5)
STOP_S = 4.0
CLOCK_START = "clock_start"


class Service:
    """One running daemon over one agent."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.clock = agent.clock
        self.since = self.clock()
        self.last_frame: datetime | None = None
        self.last_input: datetime | None = None
        self.last_received: datetime | None = None
        self.unseen = False
        self.intake = Intake()
        self.leisure = Leisure(agent.config.model)
        self.desktop = SharedDesktop()
        self.models = Models(agent)
        self._leaps = Leaps(self.clock)
        apart: dict[str, object] = {"reader": agent.parts.reader, "embedder": agent.parts.embedder}
        workers = {name: one for name, one in apart.items() if isinstance(one, Apart)}
        self.budgets = Budgets(agent.config.budget, workers)
        self.observers = threads_of(
            agent.config,
            desktop=self.desktop,
            excluded=agent.exclusions.judge,
            put=self._put,
            clock=self.clock,
            pace=lambda: self.budgets.pace,
        )
        self.pauses = Pauses(agent.store, agent.coverage, self.observers, self.clock)
        self.notifying = Notifying(agent, lambda: self.agent.store.settings.get(CLOCK_START) is not None)
        self.holding = Holding(self)
        self.watchdog = Watchdog(self.desktop, self.observers, agent.problems)
        self.working = Working(agent, self.intake, self.budgets, self.leisure)
        self.server = ApiServer(self, agent.home, agent.config.api)

    # ------------------------------------------------------------------ life

    def start(self) -> None:
        """Begin every thread and announce the API's address; from now on nothing leaves this machine unasked."""
        close_ways_out(self.agent.config.network.allow, choosing.hosts(self.agent.config))
        self.agent.coverage.began(self.clock())
        self.pauses.take_up()
        for observer in self.observers:
            observer.start(paused=self.pauses.present is not None)
        self.working.start()
        self.watchdog.start()
        self.holding.start()
        self.notifying.start()
        self.server.start()
        self.agent.store.lock.announce(self.server.url)
        log.info("started, version %s, process %d", gum.__version__, os.getpid())

    def run(self, stop: Stop) -> None:
        """Watch over the threads until told to stop."""
        while not stop.wait(TICK_S):
            self.tick()

    def tick(self) -> None:
        """End a pause whose time is over, keep the coverage, and bring back frames that stopped coming."""
        if self._leaps.leap() < SET_BACK:
            self._clock_was_set_back()
        try:
            self.pauses.end_when_due()
            self._cover()
        except StoreError as error:
            self.agent.problems.set("store", str(error))
        self.budgets.tick()
        facts = self.facts()
        self.watchdog.frames(not facts.paused and bool(frames_missing(facts)))

    def _clock_was_set_back(self) -> None:
        """Go on by the new time: nothing waits for an instant that has come once already."""
        now = self.clock()
        log.warning("the clock was set back; the work goes on by the new time")
        self.since = min(self.since, now)
        self.last_frame = min(self.last_frame, now) if self.last_frame else None
        self.last_input = min(self.last_input, now) if self.last_input else None
        self.working.start_over()

    def stop(self) -> bool:
        """Stop every thread, then close the agent; return whether all of them ended in time."""
        began = time.monotonic()
        self.working.stop()
        self.watchdog.stop()
        self.notifying.stop()
        self.holding.stop()
        self.intake.close()
        self.models.close()
        self.server.stop()
        self.agent.interrupt()
        for observer in self.observers:
            observer.stop()
        ended = [one.join(max(0.1, STOP_S - (time.monotonic() - began))) for one in self.observers]
        for thread in (*self.working.threads, self.notifying.thread, *self.holding.threads):
            if thread.ident is not None:  # a start that failed half way has not begun every thread
                thread.join(max(0.1, STOP_S - (time.monotonic() - began)))
            ended.append(not thread.is_alive())
        if all(ended):  # a desktop that hangs could not be closed either
            self.desktop.close()
            self._close()
        log.info("stopped after %.1f s, %s", time.monotonic() - began, "all ended" if all(ended) else "some hang")
        return all(ended)

    def _close(self) -> None:
        try:
            self.agent.coverage.ended(self.clock())
        except StoreError as error:
            log.warning("%s", error)
        self.agent.close()

    # ------------------------------------------------------------------ what the API asks

    @property
    def store(self) -> Store:
        return self.agent.store

    @property
    def review(self) -> Review:
        return self.agent.review

    @property
    def auditing(self) -> Answers:
        return self.agent.auditing

    @property
    def portraits(self) -> Portraits:
        return self.agent.portraits

    @property
    def reranker(self) -> Rerank | None:
        engine = self.agent.parts.engine
        return engine.rerank if isinstance(engine, Reranking) else None

    @property
    def forwarding(self) -> Forwarding | None:
        parts = self.agent.parts
        engines: tuple[object, ...] = (parts.model, parts.engine)
        for one in engines:
            if isinstance(one, Forwarding):
                return one
        return None

    @property
    def config(self) -> Config:
        return self.agent.config

    @property
    def exclusions(self) -> Exclusions:
        return self.agent.exclusions

    @property
    def suggesting(self) -> Suggesting:
        return self.agent.suggesting

    @property
    def forgetter(self) -> Forgetter:
        return self.agent.forgetter

    @property
    def retention(self) -> Retention:
        return self.agent.retention

    def forget(
        self, selection: Selection, *, now: bool = False, window: timedelta | None = None
    ) -> tuple[Forgetting, Preview]:
        """Forget what is named, and what of it still waits to be perceived."""
        self.intake.discard(selection.covers_capture)
        return self.agent.forget(selection, now=now, window=window)

    def status(self) -> DaemonStatus:
        return report(self)

    def pause(self, until: datetime | None) -> None:
        """Stop seeing at once; what was captured before is still worked on."""
        self.pauses.begin(until)

    def resume(self) -> None:
        """See again."""
        self.pauses.end()

    def ingest(self, capture: Capture) -> Sequence[int]:
        """Commit what a sensor sent.  Raises ConflictError while paused."""
        if self.pauses.present is not None:
            raise ConflictError("Observing is paused; nothing is taken in until it is resumed.")
        observations = self.agent.receive(capture)
        self.last_received = self.clock()
        self.working.wake()
        return [one.id for one in observations]

    def take_in(self, given: ImportIn) -> Imported:
        """Take in what another program has kept, all of it or nothing."""
        imported = self.agent.take_in(given, self.clock())
        self.working.wake()
        return imported

    def propose(self, text: str, by: str) -> Proposition:
        """Keep what a client says of the person as a candidate.  Raises ConflictError for what is not to be kept."""
        return propose(self.store, text, by, self.clock(), self.agent.config.infer.allow_sensitive)

    def ask(self, question: str, limit: int) -> Answering:
        """Return a question with what was found for it, to be answered."""
        parts = self.agent.parts
        note = parts.notes.get("embedder", "")
        return asked(self.store, question, limit, parts.answerer, parts.counting or parts.engine, note)

    # ------------------------------------------------------------------ what the observers see

    def _put(self, capture: Capture) -> None:
        """Take a capture from an observer; what was captured while paused is dropped, also when it comes late."""
        if self.pauses.covers(capture.captured_at) or self.holding.sees(capture.observer):
            return
        if capture.kind == "frame":
            self.last_frame = capture.captured_at
        if capture.kind == "activity" and capture.input.keys + capture.input.clicks + capture.input.scrolls:
            self.last_input = capture.captured_at
            self.leisure.typed(capture.input.keys, capture.captured_at)
        self.unseen = capture.excluded or capture.locked
        self.intake.put(capture)

    # ------------------------------------------------------------------ pause and coverage

    def _cover(self) -> None:
        now = self.clock()
        if self.pauses.present is not None:
            self.agent.coverage.interrupted(CoverageState.PAUSED, "", now)
            return
        if not self.observers:
            return
        why = failure(self.facts())
        if why == STARTING:
            return
        if why:
            self.agent.coverage.interrupted(CoverageState.FAILED, why, now)
        else:
            self.agent.coverage.capturing(now)

    def facts(self) -> Facts:
        """Return what the verdict is made from."""
        pause = self.pauses.present
        return Facts(
            now=self.clock(),
            paused=pause is not None,
            paused_until=pause.until if pause else None,
            observers=[
                ObserverFacts(one.name, one.state == "running", one.no_display, one.missing) for one in self.observers
            ],
            problems=self.agent.problems.sentences(),
            last_frame=self.last_frame,
            last_input=self.last_input,
            began=max(self.since, pause.until if pause and pause.until else self.since),
            heartbeat=timedelta(seconds=longest_pause(self.agent.config.capture.heartbeat_s, self.budgets.pace)),
            unseen=self.unseen,
            replayed=self.agent.store.settings.get(CLOCK_START) is not None,
            received=self.last_received,
            unanswered=self.watchdog.unanswered,
            recovery=self.watchdog.recovery,
        )


def open_service(home: Home, config: Config, passphrase: Passphrase = no_passphrase) -> Service:
    """Open a home and make its service; a demo home's clock starts where its recording ended."""
    clock = HomeClock()
    agent = Agent.open(home, config, clock, passphrase, apart=True)
    try:
        start = agent.store.settings.get(CLOCK_START)
        if start is not None:
            clock.start_at(datetime.fromisoformat(start))
        return Service(agent)
    except BaseException:
        agent.close()
        raise
