"""Observes the screen: one frame a monitor whenever it has come to rest after a change."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime

from gum.protocols import ObserverContext, Snapshot, Stop
from gum.records import Capture, Frame, InputCounts, Window
from gum_observers.accessible import AccessibleTexts
from gum_observers.inbox import Inbox, desktop_of
from gum_observers.mask import overlap
from gum_observers.pacing import Pacing
from gum_observers.place import NOTHING, Place, Tally

SOON_S = 0.1  # after a grab during which windows moved
LINGER_S = 1.0  # an excluded page may stay visible under the next title for this long
HOLD_S = 0.1  # an excluded title may come this long after its pixels


class ScreenObserver:
    """Yields frames while the person is active; none while idle, locked or in an excluded window.

    Settings: `settle_s`, `heartbeat_s` and `idle_s`, in seconds; `accessibility`: also ask the application
    itself for the text of its window.  The frame that shows the active window
    carries the counts of what was typed into it since the frame before.
    """

    name = "screen"

    def __init__(self, context: ObserverContext) -> None:
        self._excluded = context.excluded
        self._now = context.now
        self._pace = context.pace
        self._desktop = desktop_of(context)
        self._settle_s = float(context.settings.get("settle_s", 0.6))
        self._heartbeat_s = float(context.settings.get("heartbeat_s", 10.0))
        self._idle_s = float(context.settings.get("idle_s", 120.0))
        bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "") if context.settings.get("accessibility") else ""
        self._texts = AccessibleTexts(bus) if bus else None

    def captures(self, stop: Stop) -> Iterator[Capture]:
        """Yield captures until `stop` is set.  Raises DesktopError when the display went away."""
        try:
            yield from self._watched(stop)
        finally:
            if self._texts is not None:
                self._texts.close()

    def _watched(self, stop: Stop) -> Iterator[Capture]:
        pacing = Pacing(self._settle_s, self._heartbeat_s, time.monotonic(), self._pace)
        here, tally = self._place(), Tally(self._desktop)
        with Inbox(self._desktop, "focus", "title", "input", "damage") as inbox:
            while not stop.is_set():
                kinds = inbox.wait(pacing.due(), stop)
                pacing.note(kinds, time.monotonic())
                if kinds & {"focus", "title"}:
                    there = self._place()
                    if not there.same_window(here):
                        tally.take(inbox.turned)  # it was typed elsewhere
                    if "focus" not in kinds and here.excluded and not there.excluded:
                        pacing.wait(time.monotonic() + LINGER_S)
                    here = there
                if time.monotonic() >= pacing.due() and not stop.is_set():
                    yield from self._frames(pacing, tally, stop)

    def _place(self) -> Place:
        return Place.of(self._desktop.look(self._excluded))

    def _frames(self, pacing: Pacing, tally: Tally, stop: Stop) -> Iterator[Capture]:
        if self._desktop.input_counts().idle_s > self._idle_s:
            pacing.taken(time.monotonic())
            return
        at = self._now()
        snapshot = self._desktop.snapshot(self._excluded)
        if snapshot is None:
            pacing.wait(time.monotonic() + SOON_S)
            return
        restless = pacing.restless(time.monotonic())
        pacing.taken(time.monotonic())
        typed = tally.take()
        if restless and not stop.wait(HOLD_S) and self._place().excluded:
            return
        if not snapshot.locked and not snapshot.active_excluded:
            shown = _frame_of_active(snapshot)
            for frame in snapshot.frames:
                window = snapshot.active if frame is shown else None
                yield _capture(frame, window, typed if window else NOTHING, at, self._text(window))

    def _text(self, window: Window | None) -> str:
        """Return what the application itself says that the window shows, if it is still the same window."""
        if self._texts is None or window is None:
            return ""
        text = self._texts.of(window.pid, window.title) if window.pid else None
        here = self._place()
        return text if text and (here.id, here.title) == (window.id, window.title) else ""


def _capture(frame: Frame, window: Window | None, typed: InputCounts, at: datetime, text: str) -> Capture:
    return Capture(
        observer=ScreenObserver.name,
        kind="frame",
        captured_at=at,
        app=window.app if window else "",
        title=window.title if window else "",
        window=window,
        frame=frame,
        input=typed,
        text=text,
    )


def _frame_of_active(snapshot: Snapshot) -> Frame | None:
    """Return the frame that shows the largest part of the active window, None when none shows any."""
    areas: list[tuple[int, Frame]] = []
    for frame in snapshot.frames:
        part = overlap(snapshot.active.client, frame.rect) if snapshot.active else None
        if part is not None:
            areas.append((part.width * part.height, frame))
    return max(areas, key=lambda item: item[0])[1] if areas else None
