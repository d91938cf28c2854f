"""Pausing: kept in the store, so that it outlives the daemon, and ended by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gum import clock

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
