"""Which propositions are asked for, and that as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError, nearest
from gum.store.connection import marks

SORTS = ("probability", "first_seen", "last_supported", "updated_at", "text", "id")

# the status a proposition had at an instant: the old one of its first later change of status, else the present one
_STATUS_AT = (
    "coalesce((SELECT json_extract(r.old, '$.status') FROM revisions r WHERE r.proposition=p.id AND r.at>? "
    "AND json_extract(r.old, '$.status') IS NOT NULL ORDER BY r.seq LIMIT 1), p.status)"
)


@dataclass(frozen=True, slots=True)
class PropositionQuery:
    """A choice of propositions; an empty field chooses nothing away.

    `since` and `until` keep those that were seen or supported in that time, `as_of` those that were known
    and valid at that instant.  `text` keeps those that hold all its words.  `sort` is one of SORTS, with a '-' for
    the highest first.
    """

    statuses: Sequence[str] = ()
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()
    engine: str | None = None
    min_probability: float = 0.0
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None
    text: str = ""
    sort: str = "-probability"
    limit: int | None = None
    offset: int = 0

    def order(self) -> str:
        """Return the ORDER BY; equal ones always come in the same order.  Raises NotFoundError for an unknown sort."""
        name = self.sort.removeprefix("-")
        if name not in SORTS:
            raise NotFoundError(f"There is no sort order {name!r}.{nearest(name, SORTS)}")
        return f"ORDER BY p.{name} {'DESC' if self.sort.startswith('-') else 'ASC'}, p.id"


def conditions(query: PropositionQuery) -> tuple[str, list[Any]]:
    """Return the filters of a query as one SQL condition on `propositions p`, and its values."""
    found: list[tuple[str, list[Any]]] = [("p.probability>=?", [query.min_probability])]
    if query.statuses:
        column, at = ("p.status", []) if query.as_of is None else (_STATUS_AT, [clock.to_text(query.as_of)])
        found.append((f"{column} IN ({marks(query.statuses)})", [*at, *map(str, query.statuses)]))
    for name, chosen in (("kind", query.kinds), ("theme", query.themes)):
        if chosen:
            found.append((f"p.{name} IN ({marks(chosen)})", [*map(str, chosen)]))
    if query.engine is not None:
        found.append(("p.engine=?", [query.engine]))
    if query.since is not None:
        found.append(("p.last_supported>=?", [clock.to_text(query.since)]))
    if query.until is not None:
        found.append(("p.first_seen<?", [clock.to_text(query.until)]))
    if query.as_of is not None:
        moment = clock.to_text(query.as_of)
        found.append(("p.first_seen<=?", [moment]))
        found.append(("coalesce(p.valid_from, '')<=?", [moment]))
        found.append(("coalesce(p.valid_to, '9999')>?", [moment]))
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]
