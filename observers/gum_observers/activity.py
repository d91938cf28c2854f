"""Observes how much is typed and clicked where, never what."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gum.protocols import ObserverContext, Stop
from gum.records import Capture, InputCounts
from gum_observers.inbox import FOREVER, Inbox, desktop_of
from gum_observers.place import Place, Tally

EVERY_S = 5.0


class ActivityObserver:
    """Yields counts every few seconds of input and when the window changes, and one when the person goes idle.

    Setting: `idle_s`, in seconds.  What is typed into an excluded window is not counted; locking the
    screen is reported once, without counts.
    """

    name = "activity"

    def __init__(self, context: ObserverContext) -> None:
        self._excluded = context.excluded
        self._now = context.now
        self._desktop = desktop_of(context)
        self._idle_s = float(context.settings.get("idle_s", 120.0))

    def captures(self, stop: Stop) -> Iterator[Capture]:
        """Yield captures until `stop` is set.  Raises DesktopError when the display went away."""
        here, tally = self._place(), Tally(self._desktop)
        report, rest = FOREVER, time.monotonic() + self._idle_s
        with Inbox(self._desktop, "focus", "title", "input") as inbox:
            while not stop.is_set():
                kinds = inbox.wait(min(report, rest), stop)
                now = time.monotonic()
                if "input" in kinds:
                    report, rest = min(report, now + EVERY_S), now + self._idle_s
                there = self._place() if kinds & {"focus", "title"} else here
                left_window = not there.same_window(here)
                if now >= report or left_window:
                    report = FOREVER
                    counts = self._counted(here, tally, inbox.turned if left_window else None)
                    if counts.keys or counts.clicks or counts.scrolls:
                        yield here.capture(self.name, "activity", self._now(), counts)
                if there.locked and not here.locked:
                    yield there.capture(self.name, "activity", self._now())
                here = there
                if now >= rest:
                    left = self._idle_s - self._desktop.input_counts().idle_s
                    rest = now + left if left > 0 else FOREVER
                    if left <= 0:
                        yield here.capture(self.name, "activity", self._now(), self._counted(here, tally))

    def _place(self) -> Place:
        return Place.of(self._desktop.look(self._excluded))

    def _counted(self, place: Place, tally: Tally, until: InputCounts | None = None) -> InputCounts:
        """Return the counts since the last; the length of a password is nobody's business."""
        counts = tally.take(until)
        return InputCounts(idle_s=counts.idle_s) if place.excluded or place.locked else counts
