"""Captures of windows that were in front on earlier days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gum.records import Capture, InputCounts, Rect, Window

PLACE = Rect(0, 0, 1280, 800)


def captures(app: str, title: str, since: datetime, minutes: float, keys: int) -> Iterator[Capture]:
    """Yield that a window came to the front, and its input every two minutes."""
    window = Window(900, app, title, None, PLACE, PLACE)
    yield Capture("windows", "window", since, app=app, title=title, window=window)
    for passed in range(2, int(minutes) + 1, 2):
        at = since + timedelta(minutes=passed)
        yield Capture(
            "activity", "activity", at, app=app, title=title, window=window, input=InputCounts(keys=keys, idle_s=0.0)
        )
