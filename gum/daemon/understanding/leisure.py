"""Whether a model may work now: not while the person types hard, and on mains power."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from gum.config import Model
from gum.daemon import power

TYPING = timedelta(seconds=60)


class Leisure:
    """Hears how much is typed, and says why a model has to wait."""

    def __init__(self, settings: Model, battery: Callable[[], bool] = lambda: power.read().on_battery) -> None:
        self._settings = settings
        self._battery = battery
        self._lock = threading.Lock()
        self._typed: deque[tuple[datetime, int]] = deque()

    def typed(self, keys: int, at: datetime) -> None:
        """Hear that so many keys were typed up to an instant."""
        with self._lock:
            self._typed.append((at, keys))
            while self._typed and at - self._typed[0][0] > TYPING:
                self._typed.popleft()

    def why_wait(self, now: datetime) -> str:
        """Return why a model has to wait now, as an end of 'it waits ...'; empty when it may work."""
        if not self._settings.on_battery and self._battery():
            return "for mains power"
        limit = self._settings.keys_per_minute
        with self._lock:
            keys = sum(count for at, count in self._typed if timedelta(0) <= now - at < TYPING)
        return "while you are typing" if limit and keys > limit else ""
