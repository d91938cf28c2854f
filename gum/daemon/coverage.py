"""Keeps the record of what was covered: at each change, and at least every few seconds while nothing changes."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum.records import Capture, CoverageState

if TYPE_CHECKING:
    from gum.store import Store

EVERY = timedelta(seconds=10)
SENSED = frozenset({"frame", "window", "activity"})


class CoverageKeeper:
    """Turns captures and the daemon's own state into intervals; thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._state: tuple[CoverageState, str] | None = None
        self._at: datetime | None = None
        self._seen = CoverageState.RECORDED

    def began(self, now: datetime) -> None:
        """The time since the last interval was off: nobody was there to see."""
        intervals = self._store.coverage.between(None, None)
        if intervals and intervals[-1].ended_at < now:
            self._store.coverage.span(CoverageState.OFF, intervals[-1].ended_at, now)

    def capture(self, capture: Capture) -> None:
        """Take note of what a capture of the desktop says about what is covered."""
        if capture.kind in SENSED:
            self._seen = _state_of(capture)
            self._mark(self._seen, "", capture.captured_at)

    def capturing(self, now: datetime) -> None:
        """The observers work, though nothing new may have been seen."""
        self._mark(self._seen, "", now)

    def interrupted(self, state: CoverageState, reason: str, now: datetime) -> None:
        """The observers do not work: paused or failed."""
        self._mark(state, reason, now)

    def ended(self, now: datetime) -> None:
        """Close the running interval at the end of the work."""
        if self._state is not None:
            self._store.coverage.mark(*_marked(self._state, now))

    def _mark(self, state: CoverageState, reason: str, at: datetime) -> None:
        with self._lock:
            same = self._state == (state, reason)
            if same and self._at is not None and timedelta(0) <= at - self._at < EVERY:
                return
            self._store.coverage.mark(state, at, reason)
            self._state, self._at = (state, reason), at


def _state_of(capture: Capture) -> CoverageState:
    if capture.locked:
        return CoverageState.LOCKED
    return CoverageState.EXCLUDED if capture.excluded else CoverageState.RECORDED


def _marked(state: tuple[CoverageState, str], now: datetime) -> tuple[CoverageState, datetime, str]:
    return state[0], now, state[1]
