"""What part of the propositions a caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.records import Proposition, Theme


@dataclass(frozen=True, slots=True)
class Limits:
    """Which propositions are told.  `sensitive` and `themes` are None for all of them; `newest` is the greatest age."""

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
