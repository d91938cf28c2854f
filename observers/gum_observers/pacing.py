"""When the screen is worth a frame."""

from __future__ import annotations

from collections.abc import Callable, Set

from gum.protocols import longest_pause, unhurried


class Pacing:
    """Decides when the next frame is due; all times are monotonic seconds.

    A change of focus or title is followed by a frame after `settle_s`; so is a burst of input or a change
    of the screen, once it has been still for that long or has gone on for half of `heartbeat_s`.
    Without any change a frame follows after `heartbeat_s`.  `pace()` stretches all of this but what follows a change
    of focus or title: at 1 nothing waits, at 2 frames of one window are at least half of `heartbeat_s` apart.
    """

    def __init__(self, settle_s: float, heartbeat_s: float, now: float, pace: Callable[[], float] = unhurried) -> None:
        self._settle_s = settle_s
        self._heartbeat_s = heartbeat_s
        self._pace = pace
        self._last_frame = self._not_before = self._last_change = now
        self._first_change: float | None = now
        self._switched: float | None = now

    def note(self, kinds: Set[str], now: float) -> None:
        """Take note of the kinds of events that just came."""
        if not kinds:
            return
        if self._first_change is None:
            self._first_change = now
        self._last_change = now
        if kinds & {"focus", "title"}:
            self._switched = now

    def due(self) -> float:
        """Return when the next frame is due."""
        pace = self._pace()
        longest = longest_pause(self._heartbeat_s, pace)
        if self._first_change is None:
            return max(self._last_frame + longest, self._not_before)
        limit = self._first_change + max(self._heartbeat_s / 2, self._settle_s)
        if self._switched is not None:
            return max(min(self._switched + self._settle_s, limit), self._not_before)
        apart = self._last_frame + min((pace - 1) * self._heartbeat_s / 2, longest)
        return max(min(self._last_change + self._settle_s, limit), apart, self._not_before)

    def restless(self, now: float) -> bool:
        """Say whether the last change is so recent that it may not be finished."""
        return now < self._last_change + self._settle_s

    def taken(self, now: float) -> None:
        """A frame was taken, or deliberately not: until something happens only the heartbeat makes one due."""
        self._last_frame = now
        self._first_change = self._switched = None

    def wait(self, until: float) -> None:
        """No frame is due before this time."""
        self._not_before = max(self._not_before, until)
