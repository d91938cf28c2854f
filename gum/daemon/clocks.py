"""Clocks of the outer edge: one that a demo home sets to its recording's end, one that a replay moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from gum import clock
from gum.clock import Clock


class HomeClock:
    """The present instant of a home: the real one, or counted from the instant that the home was set to."""

    def __init__(self, real: Clock = clock.now) -> None:
        self._real = real
        self._shift = timedelta(0)

    def start_at(self, moment: datetime) -> None:
        """Let it be `moment` now, and time go on from there."""
        self._shift = moment - self._real()

    def __call__(self) -> datetime:
        return self._real() + self._shift


class StreamClock:
    """The time of a stream: that of the latest thing that was taken from it; it never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def reach(self, moment: datetime) -> None:
        self._now = max(self._now, moment)

    def __call__(self) -> datetime:
        return self._now
