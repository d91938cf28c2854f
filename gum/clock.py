"""Time: aware, in UTC, and replaceable at the outer edge."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gum.errors import GumError

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """Return the instant as sortable text in UTC, microseconds always written.  Raises GumError when naive."""
    if moment.tzinfo is None:
        raise GumError(f"The time {moment.isoformat()} has no time zone; write it as 2026-03-01T09:30:00+01:00.")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def from_text(text: str) -> datetime:
    """Return the instant that `to_text` wrote."""
    return datetime.fromisoformat(text)


def live_at(offset: str) -> None:
    """Let local time in this process and its children be at an offset from UTC such as '+01:00'; '' changes nothing."""
    if offset and hasattr(time, "tzset"):
        opposite = "-" if offset[0] == "+" else "+"  # POSIX counts westwards
        os.environ["TZ"] = f"<{offset[:3]}>{opposite}{offset[1:]}"
        time.tzset()


def offset_of(moment: datetime) -> str:
    """Return the offset of an aware instant as `live_at` takes it."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
