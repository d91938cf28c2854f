"""Which beliefs the table shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gum.client import Client, Page, PropositionView
from gum.records import Durability, Kind, Theme, Trust
from gum_tui import phrases

STATUSES = {
    "current": ("current", ("candidate", "active", "confirmed")),
    "open": ("not judged yet", ("candidate", "active")),
    "confirmed": ("confirmed by you", ("confirmed",)),
    "rejected": ("rejected by you", ("rejected",)),
    "past": ("replaced or no longer current", ("superseded", "retired")),
    "all": ("every status", ()),
}
"""Name -> words and the statuses meant."""

SORTS = {
    "-probability": "most probable first",
    "probability": "least probable first",
    "-first_seen": "newest first",
    "-last_supported": "last seen first",
}

ANY = ""
DAYS = {"today": 0, "week": 7, "month": 30, "year": 365}

FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "kind": ("kind", {ANY: "every kind"} | {kind.value: kind.value for kind in Kind}),
    "theme": ("theme", {ANY: "every theme"} | {theme.value: theme.value for theme in Theme}),
    "probability": (
        "probability",
        {ANY: "any probability", "0.2": "20 % or more", "0.5": "likely: 50 % or more", "0.8": "80 % or more"},
    ),
    "durability": (
        "lifetime",
        {ANY: "any lifetime"} | {each.value: f"{each.value}, {phrases.LIFETIMES[each.value]}" for each in Durability},
    ),
    "trust": ("source", {ANY: "any source"} | {each.value: phrases.TRUSTS[each.value] for each in Trust}),
    "time": (
        "time",
        {ANY: "at any time", "today": "seen today", "week": "seen within a week", "month": "seen within a month"}
        | {"year": "seen within a year"},
    ),
    "sensitive": ("sensitive", {ANY: "sensitive or not", "yes": "sensitive only"}),
    "engine": ("engine", {ANY: "any engine"}),
}
"""What can be chosen by: name -> its word, and its values with their words.  Engines are asked of the daemon."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Search words, one of STATUSES, one of SORTS, a value for some of FIELDS, and where another screen came from.

    `ids`, `episode` and `observation` choose what another screen asked to see; `about` says so in words.
    """

    query: str = ""
    status: str = "current"
    chosen: dict[str, str] = field(default_factory=dict)
    sort: str = "-probability"
    ids: tuple[int, ...] = ()
    episode: int | None = None
    observation: int | None = None
    about: str = ""

    def choose(self, name: str, value: str) -> Filters:
        """Return these filters with another value for one field; ANY chooses nothing away."""
        rest = {key: kept for key, kept in self.chosen.items() if key != name}
        return replace(self, chosen=rest | ({name: value} if value else {}))

    def words(self) -> str:
        """Return what is chosen, in few words."""
        said = [self.about] if self.about else []
        for name, value in self.chosen.items():
            said.append(FIELDS[name][1].get(value, value))
        return ", ".join(said) or "every belief"

    def page(self, client: Client, now: datetime, limit: int, offset: int = 0) -> Page[PropositionView]:
        """Ask for the rows from `offset` on.  Raises ClientError."""
        chosen = self.chosen
        return client.propositions(
            self.query,
            ids=self.ids,
            status=STATUSES[self.status][1],
            kind=_one(chosen.get("kind")),
            theme=_one(chosen.get("theme")),
            durability=_one(chosen.get("durability")),
            trust=_one(chosen.get("trust")),
            engine=chosen.get("engine"),
            sensitive="sensitive" in chosen,
            since=_since(chosen.get("time"), now),
            episode=self.episode,
            observation=self.observation,
            min_probability=float(chosen.get("probability", 0)),
            sort=self.sort,
            limit=limit,
            offset=offset,
        )


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _since(time: str | None, now: datetime) -> datetime | None:
    if not time:
        return None
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=DAYS[time])
