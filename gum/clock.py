"""Time: aware, in UTC, and replaceable at the outer edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from gum.errors import GumError

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """Return the instant as sortable text in UTC, microseconds always written.  Raises GumError when naive."""
    if moment.tzinfo is None:
        raise GumError(f"The time {moment.isoformat()} has no time zone; write it as 2026-03-01T09:30:00+01:00.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Return the instant that `to_text` wrote."""
    return datetime.fromisoformat(text)
