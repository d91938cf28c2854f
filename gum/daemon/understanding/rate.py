"""How much there is to understand on a day of this person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.store import Store

WINDOW = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Rate:
    """Episodes and active hours on a day with activity, over so many such days."""

    days: int
    episodes: float
    active_hours: float


def rate_of(store: Store, now: datetime) -> Rate:
    """Return the rate of the last four weeks; all zero while nothing was seen."""
    episodes = store.episodes.between(now - WINDOW, now)
    days = len({one.started_at.astimezone().date() for one in episodes})
    if not days:
        return Rate(0, 0.0, 0.0)
    hours = sum(one.dwell_s for one in episodes) / 3600
    return Rate(days, round(len(episodes) / days, 1), round(hours / days, 2))
