"""The present moment, read from what was observed last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from gum import clock
from gum.config import Suggest
from gum.records import Capture, Observation
from gum.store import Store
from gum.suggest import moment
from gum.suggest.microphone import in_use
from gum.suggest.moment import Moment

_LIVE = timedelta(minutes=1)


class Present:
    """Tells the present moment; `saw` takes what only a capture shows, its geometry."""

    def __init__(self, store: Store, settings: Suggest, microphone: Callable[[], bool] = in_use) -> None:
        self._store = store
        self._settings = settings
        self._microphone = microphone
        self._full_screen = False

    def saw(self, capture: Capture) -> None:
        """Note whether the window in front fills its monitor."""
        if capture.window is not None and capture.frame is not None:
            client, screen = capture.window.client, capture.frame.rect
            self._full_screen = client.width >= screen.width and client.height >= screen.height

    def zone(self) -> tzinfo | None:
        """Return the zone that was in force where the person last was seen; None for that of this machine."""
        last = self._store.observations.last()
        return last.captured_at.tzinfo if last is not None and last.captured_at.utcoffset() else None

    def moment(self, now: datetime) -> Moment:
        """Return the moment.  Raises StoreError."""
        local = now.astimezone(self.zone())
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        seen = self._recent(now)
        return Moment(
            now=now,
            local=local.time(),
            typing=moment.typing(seen, now),
            shown_last_minute=self._store.suggestions.shown_since(now - timedelta(minutes=1)),
            shown_today=self._store.suggestions.shown_since(midnight),
            meeting=moment.in_call(seen, now) or (abs(clock.now() - now) < _LIVE and self._microphone()),
            presenting=moment.presenting(seen, now),
            full_screen=self._full_screen,
            steady=moment.steady(seen),
            need=moment.need(seen),
            context=moment.context(next((one.app for one in reversed(seen) if one.app), "")),
            new=self._new(now),
        )

    def _recent(self, now: datetime) -> list[Observation]:
        """Return what was captured lately, in the order of time, and what has been in front since before."""
        recent = self._store.observations.between(now - moment.RECENT, now + timedelta(seconds=1))
        last = self._store.observations.last()
        if last is not None and last.until > now - moment.RECENT and all(one.id != last.id for one in recent):
            return [last, *recent]
        return recent

    def _new(self, now: datetime) -> bool:
        first = self._store.observations.between(None, None, limit=1)
        hours = self._settings.burn_in_hours
        return hours > 0 and (not first or now - first[0].captured_at < timedelta(hours=hours))
