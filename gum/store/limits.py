"""What part of the propositions a client may see."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from gum.records import Proposition, Theme
from gum.store.proposition_query import Filters

Query = TypeVar("Query", bound=Filters)


@dataclass(frozen=True, slots=True)
class Limits:
    """Which propositions are told.  `themes` and `sensitive` are None for all of them; `newest` is the greatest age."""

    themes: frozenset[Theme] | None = None
    sensitive: frozenset[str] | None = None
    min_probability: float = 0.0
    newest: timedelta | None = None

    @property
    def none(self) -> bool:
        """Whether everything may be told."""
        return self == Limits()

    def allow(self, proposition: Proposition, now: datetime) -> bool:
        """Return whether a proposition may be told."""
        return (
            (self.themes is None or proposition.theme in self.themes)
            and (self.sensitive is None or not proposition.sensitivity or proposition.sensitivity in self.sensitive)
            and proposition.probability >= self.min_probability
            and (self.newest is None or proposition.last_supported >= now - self.newest)
        )

    def narrow(self, query: Query, now: datetime) -> Query | None:
        """Return the query with these limits in it, None when they let nothing through that it asks for."""
        themes = [str(one) for one in query.themes or self.themes or ()]
        if self.themes is not None:
            themes = [one for one in themes if one in self.themes]
            if not themes:
                return None
        sensitive = query.sensitive
        if self.sensitive is not None:
            asked = self.sensitive if sensitive is None else sensitive
            sensitive = [one for one in sorted(asked) if one in self.sensitive]
        oldest = None if self.newest is None else now - self.newest
        return dataclasses.replace(
            query,
            themes=themes,
            sensitive=sensitive,
            min_probability=max(query.min_probability, self.min_probability),
            since=max((one for one in (query.since, oldest) if one is not None), default=None),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "themes": None if self.themes is None else sorted(self.themes),
            "sensitive": None if self.sensitive is None else sorted(self.sensitive),
            "min_probability": self.min_probability,
            "newest_days": None if self.newest is None else self.newest / timedelta(days=1),
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        themes, sensitive, days = (fields.get(name) for name in ("themes", "sensitive", "newest_days"))
        return cls(
            None if themes is None else frozenset(map(Theme, themes)),
            None if sensitive is None else frozenset(sensitive),
            float(fields.get("min_probability", 0.0)),
            None if days is None else timedelta(days=days),
        )
