"""Clocks of the outer edge: a demo home's, which goes on from its recording's end, a replay's, and how one is set."""

from __future__ import annotations

import time
from collections.abc import Callable
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


def steady_s() -> float:
    """Return seconds that nobody can set; where the system offers it, sleep counts too."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class Leaps:
    """Notices that the clock was set: it has gone on by another length than the time that nobody can set."""

    def __init__(self, watched: Clock, steady: Callable[[], float] = steady_s) -> None:
        self._watched = watched
        self._steady = steady
        self._last = (watched(), steady())

    def leap(self) -> timedelta:
        """Return by how much the clock was set forward since the last look; below zero when it was set back."""
        (wall, steady), self._last = self._last, (self._watched(), self._steady())
        return self._last[0] - wall - timedelta(seconds=self._last[1] - steady)
