"""Keeps the record of what was covered while no capture says it: off before the start, paused, failed, or quiet.

What each capture says (recorded, excluded, locked) is kept with the capture itself, by `gum.perceive`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum.records import CoverageState
from gum.store.coverage import LONGEST_GAP

if TYPE_CHECKING:
    from gum.store import Store

EVERY = timedelta(seconds=10)
ASLEEP = "the computer slept, or the daemon was held up"
LASTING = frozenset({CoverageState.RECORDED, CoverageState.EXCLUDED, CoverageState.LOCKED})


class CoverageKeeper:
    """Lengthens the running interval every few seconds, and begins another when the daemon's state changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[CoverageState, str] | None = None
        self._at: datetime | None = None

    def began(self, now: datetime) -> None:
        """The time since the last interval was off: nobody was there to see."""
        last = self._store.coverage.last()
        if last is not None and last.ended_at < now:
            self._store.coverage.span(CoverageState.OFF, last.ended_at, now)

    def capturing(self, now: datetime) -> None:
        """The observers work, though nothing new may have been seen: what the last capture said goes on."""
        if not self._due(now, None):
            return
        last = self._store.coverage.last()
        if last is not None and last.state in LASTING:
            self._keep(last.state, last.reason, now)
        else:
            self._keep(CoverageState.RECORDED, "", now)
        self._kept = None

    def interrupted(self, state: CoverageState, reason: str, now: datetime) -> None:
        """The observers do not work: paused or failed."""
        if self._due(now, (state, reason)):
            self._keep(state, reason, now)

    def ended(self, now: datetime) -> None:
        """Lengthen the running interval to the end of the work."""
        if self._at is not None and (last := self._store.coverage.last()) is not None:
            self._keep(last.state, last.reason, now)

    def _slept(self, since: datetime, now: datetime) -> None:
        """Nobody could see between two marks that lie this far apart; a pause goes on in its sleep."""
        last = self._store.coverage.last()
        begun = last.started_at if last is not None else since
        until = begun if since < begun else now  # the first capture after waking may have been quicker
        paused = self._kept is not None and self._kept[0] is CoverageState.PAUSED
        state, reason = (CoverageState.PAUSED, "") if paused else (CoverageState.OFF, ASLEEP)
        self._store.coverage.span(state, since, until, reason)

    def _due(self, now: datetime, what: tuple[CoverageState, str] | None) -> bool:
        return what != self._kept or self._at is None or not timedelta(0) <= now - self._at < EVERY

    def _keep(self, state: CoverageState, reason: str, now: datetime) -> None:
        if self._at is not None and now - self._at > LONGEST_GAP:
            self._slept(self._at, now)
        self._store.coverage.mark(state, now, reason)
        self._kept, self._at = (state, reason), now
