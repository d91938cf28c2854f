"""When the screen is worth a frame."""

from __future__ import annotations

from collections.abc import Iterable

RESTLESS = 4  # a screen that never comes to rest is taken after this many settling times
SOON_S = 0.1


class Pacing:
    """Decides when the next frame is due; all times are monotonic seconds.

    A change of focus or title, a burst of input and a change of the screen are each followed by a frame
    once they have been still for `settle_s`.  Without any, one follows after `heartbeat_s`.
    """

    def __init__(self, settle_s: float, heartbeat_s: float, now: float) -> None:
        self._settle_s = settle_s
        self._heartbeat_s = heartbeat_s
        self._first_change: float | None = now
        self._last_change = now
        self._last_frame = now
        self._not_before = now

    def note(self, kinds: Iterable[str], now: float) -> None:
        """Take note of events."""
        kinds = set(kinds)
        if kinds & {"focus", "title", "input", "damage"}:
            self._last_change = now
            if self._first_change is None:
                self._first_change = now
        if kinds & {"focus", "title"}:
            self._not_before = now + self._settle_s  # until then old pixels may stand under the new title

    def due(self) -> float:
        """Return when the next frame is due."""
        at = self._last_frame + self._heartbeat_s
        if self._first_change is not None:
            rest = min(self._last_change + self._settle_s, self._first_change + RESTLESS * self._settle_s)
            at = min(at, max(rest, self._last_frame + self._settle_s))
        return max(at, self._not_before)

    def taken(self, now: float) -> None:
        """A frame was taken, or deliberately not: none is due until something happens or the heartbeat."""
        self._first_change = None
        self._last_frame = now

    def failed(self, now: float) -> None:
        """The desktop moved during the grab: try again shortly."""
        self._not_before = now + SOON_S
