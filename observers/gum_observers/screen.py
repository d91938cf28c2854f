"""Observes the screen: one frame a monitor whenever it has come to rest after a change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

from gum.protocols import ObserverContext, Snapshot, Stop
from gum.records import Capture, Frame, InputCounts
from gum_observers.inbox import Inbox, desktop_of
from gum_observers.mask import overlap
from gum_observers.pacing import Pacing
from gum_observers.place import NOTHING, Place, Tally


class ScreenObserver:
    """Yields frames while the person is active; none while idle, locked or in an excluded window.

    Settings: `settle_s`, `heartbeat_s` and `idle_s`, in seconds.  The frame that shows the active window
    carries the counts of what was typed into it since the frame before.
    """

    name = "screen"

    def __init__(self, context: ObserverContext) -> None:
        self._excluded = context.excluded
        self._now = context.now
        self._desktop = desktop_of(context)
        self._settle_s = float(context.settings.get("settle_s", 0.6))
        self._heartbeat_s = float(context.settings.get("heartbeat_s", 10.0))
        self._idle_s = float(context.settings.get("idle_s", 120.0))

    def captures(self, stop: Stop) -> Iterator[Capture]:
        """Yield captures until `stop` is set.  Raises DesktopError when the display went away."""
        pacing = Pacing(self._settle_s, self._heartbeat_s, time.monotonic())
        here, tally = self._place(), Tally(self._desktop)
        with Inbox(self._desktop) as inbox:
            while not stop.is_set():
                kinds = inbox.wait(pacing.due(), stop)
                pacing.note(kinds, time.monotonic())
                if kinds & {"focus", "title"}:
                    there = self._place()
                    if there.excluded or not there.same_window(here):
                        tally.take()  # it was typed elsewhere
                    here = there
                if time.monotonic() >= pacing.due() and not stop.is_set():
                    yield from self._frames(pacing, tally)

    def _place(self) -> Place:
        return Place.of(self._desktop.look(self._excluded))

    def _frames(self, pacing: Pacing, tally: Tally) -> Iterator[Capture]:
        at = self._now()
        if self._desktop.input_counts().idle_s > self._idle_s:
            pacing.taken(time.monotonic())
            return
        snapshot = self._desktop.snapshot(self._excluded)
        if snapshot is None:
            pacing.failed(time.monotonic())
            return
        pacing.taken(time.monotonic())
        typed = tally.take()
        if not snapshot.locked and not snapshot.active_excluded:
            for frame in snapshot.frames:
                yield _capture(snapshot, frame, typed, at)


def _capture(snapshot: Snapshot, frame: Frame, typed: InputCounts, at: datetime) -> Capture:
    window = snapshot.active if snapshot.active and _shows(frame, snapshot) else None
    return Capture(
        observer="screen",
        kind="frame",
        captured_at=at,
        app=window.app if window else "",
        title=window.title if window else "",
        window=window,
        frame=frame,
        input=typed if window else NOTHING,
    )


def _shows(frame: Frame, snapshot: Snapshot) -> bool:
    """Say whether this frame, of all, shows the largest part of the active window."""
    assert snapshot.active is not None
    client = snapshot.active.client

    def shown(other: Frame) -> int:
        part = overlap(client, other.rect)
        return part.width * part.height if part else 0

    return frame is max(snapshot.frames, key=shown) and shown(frame) > 0
