"""Pausing: kept in the store, so that it outlives the daemon, and ended by time."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gum import clock
from gum.clock import Clock
from gum.daemon.coverage import CoverageKeeper
from gum.daemon.observing import ObserverThread
from gum.records import CoverageState

if TYPE_CHECKING:
    from gum.store import Store

KEY = "pause"


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause; without `until` it lasts until resumed."""

    since: datetime
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until


class Pauses:
    """The pause that holds now, if any; observers see nothing while it does, and nothing captured meanwhile is kept."""

    def __init__(self, store: Store, coverage: CoverageKeeper, observers: Iterable[ObserverThread], now: Clock) -> None:
        self.present: Pause | None = None
        self._store, self._coverage, self._observers, self._clock = store, coverage, observers, now
        self._last: tuple[datetime, datetime] | None = None
        self._changing = threading.Lock()

    def take_up(self) -> None:
        """Go on with the pause in which the daemon ended, unless it is over."""
        pause = kept(self._store)
        if pause is not None and pause.holds(self._clock()):
            self.present = pause
        elif pause is not None:
            keep(self._store, None)

    def begin(self, until: datetime | None) -> None:
        """Stop seeing at once; what was captured before is still worked on."""
        with self._changing:
            pause = Pause(self._clock(), until)
            self.present = pause
            for observer in self._observers:
                observer.pause()
            keep(self._store, pause)
            self._coverage.interrupted(CoverageState.PAUSED, "", pause.since)

    def end(self) -> None:
        """See again."""
        with self._changing:
            pause = self.present
            if pause is None:
                return
            now = self._clock()
            self._coverage.interrupted(CoverageState.PAUSED, "", min(now, pause.until or now))
            keep(self._store, None)
            self._last = (pause.since, now)
            self.present = None
            for observer in self._observers:
                observer.resume()

    def end_when_due(self) -> None:
        """See again once the time of the pause is over."""
        if self.present is not None and not self.present.holds(self._clock()):
            self.end()

    def covers(self, moment: datetime) -> bool:
        """Return whether what was captured then is not to be kept, for it comes in a pause or late out of the last.

        A clock that was set back into the last pause tells present times.
        """
        if self.present is not None:
            return True
        if self._last is None:
            return False
        since, until = self._last
        if (now := self._clock()) < until:
            self._last = (since, now)
        return since <= moment < self._last[1]


def kept(store: Store) -> Pause | None:
    """Return the pause that was last begun and not ended by hand; it may be over by time."""
    value = store.settings.get(KEY)
    if value is None:
        return None
    until = value["until"]
    return Pause(clock.from_text(value["since"]), clock.from_text(until) if until else None)


def keep(store: Store, pause: Pause | None) -> None:
    """Begin a pause, or end the present one."""
    value = None
    if pause is not None:
        value = {"since": clock.to_text(pause.since), "until": clock.to_text(pause.until) if pause.until else None}
    store.settings.set(KEY, value)
