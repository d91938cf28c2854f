"""The daemon's work, in three threads: what was captured is perceived, what is kept is inferred from, a model sits.

None of them ends by a fault in one step: it is told of, and the work goes on.
"""

from __future__ import annotations

import logging
import threading
import time

from gum.daemon.agent import Agent
from gum.daemon.budgets import Budgets
from gum.daemon.understanding import Leisure
from gum.errors import GumError, StoreError
from gum.perceive.intake import Intake
from gum.records import Capture

log = logging.getLogger(__name__)

TAKE_S = 5.0
ADVANCE_S = 5.0
RETENTION_S = 300.0
LONGEST_RETRY_S = 10.0


class Working:
    """The threads that work off what came in, until they are told to stop."""

    def __init__(self, agent: Agent, intake: Intake, budgets: Budgets, leisure: Leisure) -> None:
        self._agent = agent
        self._intake = intake
        self._budgets = budgets
        self._leisure = leisure
        self._clock = agent.clock
        self._set_back = False
        self._stop = threading.Event()
        self._wake = threading.Event()
        self.threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("perceive", self._perceive), ("infer", self._infer), ("model", self._understand))
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def wake(self) -> None:
        """Infer now, from what has just come in."""
        self._wake.set()

    def start_over(self) -> None:
        """Infer by the new time: the clock was set back."""
        self._set_back = True
        self._wake.set()

    def stop(self) -> None:
        """Let each thread end after its present step."""
        self._stop.set()
        self._wake.set()

    def _perceive(self) -> None:
        while not self._stop.is_set():
            capture = self._intake.take(timeout=TAKE_S)
            if capture is not None:
                self._receive(capture)

    def _receive(self, capture: Capture) -> None:
        """Commit one capture; when the store cannot be written it is tried until it can, or until the end."""
        wait = 0.5
        while not self._stop.is_set():
            try:
                self._agent.receive(capture)
            except StoreError as error:
                self._agent.problems.set("store", str(error))
                self._stop.wait(wait)
                wait = min(wait * 2, LONGEST_RETRY_S)
            except Exception as error:  # one capture that cannot be perceived must not end perceiving
                log.exception("a capture of %s could not be perceived", capture.observer)
                self._note("perceive", f"A capture could not be perceived ({type(error).__name__}).")
                return
            else:
                self._agent.problems.clear("store")
                return

    def _infer(self) -> None:
        trimmed = 0.0
        while not self._stop.is_set():
            try:
                if self._set_back:
                    self._agent.start_over(self._clock())
                    self._set_back = False
                self._agent.advance(self._clock())
                if time.monotonic() - trimmed > RETENTION_S:
                    self._agent.keep_house()
                    trimmed = time.monotonic()
                self._agent.forgetter.erase_due()
                self._agent.problems.clear("work")
            except GumError as error:
                self._agent.problems.set("work", str(error))
            except Exception as error:  # the thread must outlive a fault in one step; the verdict says so
                log.exception("a step of inference failed")
                self._agent.problems.set("work", f"Inference failed ({type(error).__name__}); the log says where.")
            self._wake.wait(self._budgets.wait_s(ADVANCE_S))
            self._wake.clear()

    def _understand(self) -> None:
        """Let the model work when it may; it is looked after every few seconds, and stops between two sittings."""
        while not self._stop.wait(ADVANCE_S):
            try:
                self._agent.understand(self._clock(), self._why_model_waits)
            except GumError as error:
                self._agent.problems.set("work", str(error))
            except Exception as error:  # the thread must outlive a fault in one step; the verdict says so
                log.exception("a step of the model's work failed")
                self._agent.problems.set("work", f"The model's work failed ({type(error).__name__}); see the log.")

    def _why_model_waits(self) -> str:
        return "for the end" if self._stop.is_set() else self._leisure.why_wait(self._clock())

    def _note(self, part: str, reason: str) -> None:
        try:
            self._agent.store.failures.note(part, reason)
        except StoreError as error:
            self._agent.problems.set("store", str(error))
