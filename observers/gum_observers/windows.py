"""Observes which window the person is in."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gum.protocols import ObserverContext, Stop
from gum.records import Capture
from gum_observers.inbox import FOREVER, Inbox, desktop_of
from gum_observers.place import Place

DEBOUNCE_S = 0.05
TITLE_S = (0.5, 10.0)  # a title that keeps changing is reported ever more seldom, between these


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
        due, pause, free = time.monotonic(), TITLE_S[0], 0.0
        with Inbox(self._desktop, "focus", "title") as inbox:
            while not stop.is_set():
                kinds = inbox.wait(due, stop)
                now = time.monotonic()
                if "focus" in kinds:
                    due = min(due, now + DEBOUNCE_S)
                elif "title" in kinds:
                    due = min(due, max(now + DEBOUNCE_S, free))
                if now < due or stop.is_set():
                    continue
                here = Place.of(self._desktop.look(self._excluded))
                if here != last:
                    restless = last is not None and here.same_window(last) and now < free + TITLE_S[0]
                    pause = min(2 * pause, TITLE_S[1]) if restless else TITLE_S[0]
                    last, free = here, now + pause
                    yield here.capture(self.name, "window", self._now())
                due = FOREVER
