"""Which propositions are asked for, and that as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError, nearest
from gum.records import Status, Trust
from gum.store.believed import SUPPORTED_THEN, then
from gum.store.connection import marks
from gum.store.places import Place

#: Below this a proposition is kept but not shown unless asked for.
HIDDEN_BELOW = 0.2

SORTS = ("probability", "first_seen", "last_supported", "updated_at", "text", "id")

# the first later change of a field tells what it was at an instant; JSON's null is a value, SQL's NULL is none
_CHANGED = (
    "FROM revisions r WHERE r.proposition=p.id AND r.at>? AND json_type(r.old, '$.{name}') IS NOT NULL "
    "ORDER BY r.seq LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What propositions have to be; an empty field chooses nothing away.

    `since` and `until` keep those that were seen or supported in that time, `as_of` those that were known
    and valid at that instant.  `sensitive` names the sensitive categories that are let through beside what is not
    sensitive; None lets all through.  A least probability of HIDDEN_BELOW or more also leaves out what nothing but
    untrusted text speaks for, such as a web page or a mail.  `observation` and `episode` keep those that have
    evidence from there, `only_sensitive` those of a sensitive category.
    """

    ids: Sequence[int] = ()
    statuses: Sequence[str] = ()
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()
    sensitive: Sequence[str] | None = None
    only_sensitive: bool = False
    durabilities: Sequence[str] = ()
    trusts: Sequence[str] = ()
    engine: str | None = None
    observation: int | None = None
    episode: int | None = None
    min_probability: float = 0.0
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None

    def named(self) -> dict[str, Any]:
        """Return the filters alone, by their names."""
        return {one.name: getattr(self, one.name) for one in fields(Filters)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionQuery(Filters):
    """A choice of propositions, in order.

    `text` keeps those that hold all its words.  `sort` is one of SORTS, with a '-' for the highest first.  A list
    begins behind the place `after`, or at the row `offset`; neither changes what is counted.
    """

    text: str = ""
    sort: str = "-probability"
    limit: int | None = None
    offset: int = 0
    after: Place | None = None

    @property
    def column(self) -> str:
        """The column that sorts.  Raises NotFoundError for an unknown sort."""
        name = self.sort.removeprefix("-")
        if name not in SORTS:
            raise NotFoundError(f"There is no sort order {name!r}.{nearest(name, SORTS)}")
        return f"p.{name}"

    @property
    def falling(self) -> bool:
        return self.sort.startswith("-")

    def order(self) -> str:
        """Return the ORDER BY; equal ones always come in the same order.  Raises NotFoundError for an unknown sort."""
        return f"ORDER BY {self.column} {'DESC' if self.falling else 'ASC'}, p.id"

    def behind(self) -> tuple[str, list[Any]]:
        """Return the rows behind `after` as SQL, with its values."""
        return self.after.condition(self.column, falling=self.falling) if self.after else ("1", [])


def conditions(query: Filters) -> tuple[str, list[Any]]:
    """Return the filters as one SQL condition on `propositions p`, and its values."""
    moment = None if query.as_of is None else clock.to_text(query.as_of)
    found: list[tuple[str, list[Any]]] = []
    if query.min_probability > 0:
        sql, at = ("p.probability", []) if moment is None else (then("probability"), [moment])
        found.append((f"{sql}>=?", [*at, query.min_probability]))
    if query.min_probability >= HIDDEN_BELOW:
        trust, then_trust = ("p.trust", []) if moment is None else (then("trust"), [moment])
        status, then_status = ("p.status", []) if moment is None else (then("status"), [moment])
        doubted = f"{trust}='{Trust.UNTRUSTED}' AND {status}!='{Status.CONFIRMED}' AND NOT p.pinned"
        found.append((f"NOT ({doubted})", [*then_trust, *then_status]))
    if query.statuses:
        sql, at = ("p.status", []) if moment is None else (then("status"), [moment])
        found.append((f"{sql} IN ({marks(query.statuses)})", [*at, *map(str, query.statuses)]))
    found += _of_a_sort(query, moment)
    if query.since is not None:
        sql, at = ("p.last_supported", []) if moment is None else (SUPPORTED_THEN, [moment, moment])
        found.append((f"{sql}>=?", [*at, clock.to_text(query.since)]))
    if query.until is not None:
        found.append(("p.first_seen<?", [clock.to_text(query.until)]))
    if moment is not None:
        found += _known(moment)
    return " AND ".join(sql for sql, _ in found) or "1", [value for _, values in found for value in values]


def _of_a_sort(query: Filters, moment: str | None) -> list[tuple[str, list[Any]]]:
    """Return the conditions on what a proposition is, who made it and what it rests on."""
    found: list[tuple[str, list[Any]]] = []
    if query.ids:
        found.append((f"p.id IN ({marks(query.ids)})", [*query.ids]))
    for name, chosen in (("kind", query.kinds), ("theme", query.themes), ("durability", query.durabilities)):
        if chosen:
            sql, at = _field(name, moment)
            found.append((f"{sql} IN ({marks(chosen)})", [*at, *map(str, chosen)]))
    if query.trusts:
        sql, at = ("p.trust", []) if moment is None else (then("trust"), [moment])
        found.append((f"{sql} IN ({marks(query.trusts)})", [*at, *map(str, query.trusts)]))
    if query.sensitive is not None:
        found.append((f"p.sensitivity IN ({marks(['', *query.sensitive])})", ["", *query.sensitive]))
    if query.only_sensitive:
        found.append(("p.sensitivity!=''", []))
    if query.engine is not None:
        found.append(("p.engine=?", [query.engine]))
    for column, id in (("observation", query.observation), ("episode", query.episode)):
        if id is not None:
            found.append((f"p.id IN (SELECT proposition FROM evidence WHERE {column}=?)", [id]))  # noqa: S608
    return found


def _known(moment: str) -> list[tuple[str, list[Any]]]:
    """Return the conditions for what was known, and held to be valid, at an instant."""
    since, since_values = _field("valid_from", moment)
    until, until_values = _field("valid_to", moment)
    return [
        ("p.first_seen<=?", [moment]),
        (f"coalesce({since}, '')<=?", [*since_values, moment]),
        (f"coalesce({until}, '9999')>?", [*until_values, moment]),
    ]


def _field(name: str, moment: str | None) -> tuple[str, list[Any]]:
    """Return the SQL of a field, as it was at an instant when one is given, with its values."""
    if moment is None:
        return f"p.{name}", []
    changed = _CHANGED.format(name=name)
    sql = f"CASE WHEN EXISTS(SELECT 1 {changed}) THEN (SELECT json_extract(r.old, '$.{name}') {changed}) ELSE p.{name} END"  # noqa: E501
    return sql, [moment, moment]
