"""How often a model may be asked, and with how many images: a credit that the person's activity earns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum import clock
from gum.config import Model
from gum.records import Episode
from gum.store import Store

_KEY = "model_budget"
LEAST_S = 60.0
_HOUR_S = 3600.0


class Budget:
    """Credit earned at so much an hour of activity, kept over restarts; at most an hour's worth is saved up.

    What a sitting really took is spent, also where it goes below zero: the debt is earned back before the next one.
    """

    def __init__(self, store: Store, settings: Model) -> None:
        self._store = store
        self._per_hour = {"calls": settings.calls_per_hour, "images": settings.images_per_hour}

    @property
    def calls(self) -> float:
        """How many questions may be asked now; below zero while a debt is left."""
        return float(self._kept().get("calls", 0.0))

    @property
    def images(self) -> float:
        """How many images may be shown now."""
        return float(self._kept().get("images", 0.0))

    def earn(self, episode: Episode) -> None:
        """Add what an episode's activity earns, at least that of a minute: a text from a sensor has no length.

        Time that has earned before, in an episode since joined with another, earns nothing.
        """
        kept = self._kept()
        active_s = max(episode.dwell_s, LEAST_S)
        if "until" in kept:
            fresh = episode.ended_at - clock.from_text(kept["until"])
            active_s = min(active_s, max(fresh, timedelta(0)).total_seconds())
        earned = {
            name: min(per_hour, kept.get(name, 0.0) + active_s / _HOUR_S * per_hour)
            for name, per_hour in self._per_hour.items()
        }
        until = max(kept.get("until", ""), clock.to_text(episode.ended_at))
        self._store.settings.set(_KEY, earned | {"until": until})

    def spend(self, calls: int, images: int) -> None:
        """Take away what was used."""
        kept = self._kept()
        spent = {"calls": kept.get("calls", 0.0) - calls, "images": kept.get("images", 0.0) - images}
        self._store.settings.set(_KEY, kept | spent)

    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = self._store.settings.get(_KEY, {})
        return kept
