"""Observes which window the person is in."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gum.protocols import ObserverContext, Stop
from gum.records import Capture
from gum_observers.inbox import FOREVER, Inbox, desktop_of
from gum_observers.place import Place

DEBOUNCE_S = 0.05
TITLES = 10  # so many changes of one title are told at once,
TITLE_S = 5.0  # then one in this time: there are titles that turn like a wheel


class WindowsObserver:
    """Yields one capture at the start and one at each change of the active window or its title.

    An excluded window is reported as such, without application and title; so is a locked screen.
    """

    name = "windows"

    def __init__(self, context: ObserverContext) -> None:
        self._excluded = context.excluded
        self._now = context.now
        self._desktop = desktop_of(context)

    def captures(self, stop: Stop) -> Iterator[Capture]:
        """Yield captures until `stop` is set.  Raises DesktopError when the display went away."""
        last: Place | None = None
        due, titles = time.monotonic(), _Allowance(time.monotonic())
        with Inbox(self._desktop, "focus", "title") as inbox:
            while not stop.is_set():
                kinds = inbox.wait(due, stop)
                now = time.monotonic()
                if kinds:
                    due = min(due, now + (DEBOUNCE_S if "focus" in kinds else max(DEBOUNCE_S, titles.wait(now))))
                if now < due or stop.is_set():
                    continue
                due = FOREVER
                here = Place.of(self._desktop.look(self._excluded))
                if here != last:
                    if last is not None and here.same_window(last):
                        titles.spend(now)
                    last = here
                    yield here.capture(self.name, "window", self._now())


class _Allowance:
    """How many changes may still be told: `TITLES` at most, one more every `TITLE_S`."""

    def __init__(self, now: float) -> None:
        self._left = float(TITLES)
        self._at = now

    def wait(self, now: float) -> float:
        """Return after how many seconds the next change may be told."""
        return max(0.0, (1 - self._present(now)) * TITLE_S)

    def spend(self, now: float) -> None:
        self._left, self._at = max(0.0, self._present(now) - 1), now

    def _present(self, now: float) -> float:
        return min(float(TITLES), self._left + (now - self._at) / TITLE_S)
