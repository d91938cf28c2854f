"""Where a page ended, as an opaque text that the next request brings back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.errors import GumError
from gum.records import Observation


@dataclass(frozen=True, slots=True)
class After:
    """An instant, and how many observations of that instant were already given."""

    at: datetime
    seen: int


def moment(cursor: str) -> After:
    """Read a cursor over time.  Raises GumError."""
    at, _, seen = cursor.rpartition("~")
    try:
        return After(clock.from_text(at), max(0, int(seen)))
    except ValueError as error:
        raise GumError("The cursor is not one that was given.") from error


def following(page: Sequence[Observation], after: After | None) -> str:
    """Return the cursor behind a page that is not the last."""
    last = page[-1].captured_at
    seen = sum(one.captured_at == last for one in page)
    if after and after.at == last:
        seen += after.seen
    return f"{clock.to_text(last)}~{seen}"


def offset(cursor: str | None) -> int:
    """Read a cursor over a sorted list.  Raises GumError."""
    if not cursor:
        return 0
    if not cursor.isdecimal():
        raise GumError("The cursor is not one that was given.")
    return int(cursor)
