"""Where a page ended, as an opaque text that the next request brings back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.errors import GumError
from gum.records import Observation
from gum.store.places import Place

#: Orders by a number; all others are by a time, whose text sorts as it does.
NUMBERS = frozenset({"probability"})


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


def place(cursor: str, order: str) -> Place:
    """Read a cursor over a list in this order.  Raises GumError."""
    said, _, rest = cursor.partition("~")
    value, _, id = rest.rpartition("~")
    try:
        if said != order:
            raise ValueError(said)
        return Place(float(value) if order.lstrip("-") in NUMBERS else value, int(id))
    except ValueError as error:
        raise GumError("The cursor is not one that was given for this order.") from error


def behind(order: str, value: object, id: int) -> str:
    """Return the cursor behind the last item of a page; what is added or removed meanwhile moves no other item."""
    text = clock.to_text(value) if isinstance(value, datetime) else repr(value)
    return f"{order}~{text}~{id}"
