"""Waiting for what happens on the desktop."""

from __future__ import annotations

import math
import queue
import time
from types import TracebackType
from typing import Self

from gum.errors import DesktopError
from gum.protocols import Desktop, DesktopEvent, ObserverContext, Stop
from gum.records import InputCounts

STOP_S = 0.5  # a stop is heeded within this time
FOREVER = math.inf
TURNS = ("focus", "title")


class Inbox:
    """Holds the events of some kinds until their observer takes them; a context manager."""

    def __init__(self, desktop: Desktop, *kinds: str) -> None:
        self._desktop = desktop
        self._kinds = {*kinds, "lost"}
        self._events: queue.SimpleQueue[DesktopEvent] = queue.SimpleQueue()
        self.turned: InputCounts | None = None
        """All input up to the first turn to another window or title among the events last taken; None without one."""

    def __enter__(self) -> Self:
        self._end = self._desktop.subscribe(self._receive)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def wait(self, until: float, stop: Stop) -> set[str]:
        """Return the kinds of all events at hand, waiting for one until the monotonic time `until`.

        Returns an empty set when there is none by then or when `stop` is set.  Raises DesktopError when
        the display went away.
        """
        while not stop.is_set():
            patience = min(STOP_S, max(0.0, until - time.monotonic()))
            try:
                events = [self._events.get(timeout=patience)]
            except queue.Empty:
                if time.monotonic() >= until:
                    return set()
                continue
            while not self._events.empty():
                events.append(self._events.get())
            kinds = {event.kind for event in events}
            self.turned = next((event.counts for event in events if event.kind in TURNS), None)
            if "lost" in kinds:
                raise DesktopError("The display went away while it was being observed.")
            return kinds
        return set()

    def _receive(self, event: DesktopEvent) -> None:
        if event.kind in self._kinds:
            self._events.put(event)


def desktop_of(context: ObserverContext) -> Desktop:
    """Return the desktop of a context.  Raises DesktopError when there is none."""
    if context.desktop is None:
        raise DesktopError("There is no desktop to observe.")
    return context.desktop
