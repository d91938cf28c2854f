"""The queue between the observers and the perceiver.

A slow reader makes frames wait; of the frames of one window on one monitor only the newest is worth reading, so an
older one gives way to it.  Everything else is kept, in order.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from gum.records import Capture, InputCounts

MOST = 512
MOST_FRAMES = 32  # a frame of 1920x1080 takes 8 MB


class Intake:
    """A bounded queue of captures; thread-safe.  `dropped` counts the frames that gave way."""

    def __init__(self, most: int = MOST, most_frames: int = MOST_FRAMES) -> None:
        self._most = most
        self._most_frames = most_frames
        self._numbers = count()
        self._waiting: OrderedDict[int, Capture] = OrderedDict()
        self._frames: OrderedDict[tuple[str, str, int, str], int] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        self.dropped = 0

    def put(self, capture: Capture) -> None:
        """Add a capture; waits while the queue is full of captures that must not be lost.

        Once the queue is closed, what comes is let go.
        """
        with self._changed:
            if capture.frame is not None:
                capture = self._replace_older(capture)
            self._changed.wait_for(lambda: self._closed or len(self._waiting) < self._most)
            if self._closed:
                return
            number = next(self._numbers)
            self._waiting[number] = capture
            if capture.frame is not None:
                self._frames[_view(capture)] = number
            self._changed.notify_all()

    def take(self, timeout: float | None = None) -> Capture | None:
        """Return the oldest capture, waiting `timeout` seconds for one; None when there is none, or no more."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._waiting or self._closed, timeout) or not self._waiting:
                return None
            number, capture = self._waiting.popitem(last=False)
            if capture.frame is not None and self._frames.get(_view(capture)) == number:
                del self._frames[_view(capture)]
            self._changed.notify_all()
            return capture

    def discard(self, unwanted: Callable[[Capture], bool]) -> int:
        """Let go of the waiting captures that are unwanted; return how many."""
        with self._changed:
            gone = [number for number, capture in self._waiting.items() if unwanted(capture)]
            for number in gone:
                del self._waiting[number]
            self._frames = OrderedDict((view, n) for view, n in self._frames.items() if n in self._waiting)
            self._changed.notify_all()
        return len(gone)

    def close(self) -> None:
        """Take nothing more; what waits can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self) -> int:
        with self._changed:
            return len(self._waiting)

    def _replace_older(self, capture: Capture) -> Capture:
        """Take the older frame of the same view out, or the oldest of all when too many wait; keep what it counted."""
        older = self._frames.pop(_view(capture), None)
        if older is not None:
            counts = self._waiting.pop(older).input
            self.dropped += 1
            return replace(capture, input=_sum(counts, capture.input))
        if len(self._frames) >= self._most_frames:
            _, oldest = self._frames.popitem(last=False)
            del self._waiting[oldest]
            self.dropped += 1
        return capture


def _view(capture: Capture) -> tuple[str, str, int, str]:
    """A frame gives way only to one of the same observer, monitor, window and title."""
    monitor = capture.frame.monitor if capture.frame else ""
    return capture.observer, monitor, capture.window.id if capture.window else 0, capture.title


def _sum(old: InputCounts, new: InputCounts) -> InputCounts:
    return InputCounts(old.keys + new.keys, old.clicks + new.clicks, old.scrolls + new.scrolls, new.idle_s)
