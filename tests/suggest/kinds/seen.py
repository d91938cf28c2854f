"""A situation as the suggesters get to see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gum.protocols import Situation
from gum.records import (
    Claim,
    Episode,
    Observation,
    Proposition,
    Trust,
)
from tests.propositions import proposition

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass
class Seen:
    """Propositions, pages and other windows of somebody's last days."""

    propositions: list[Proposition] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    observations: dict[int, list[Observation]] = field(default_factory=dict)
    quotes: dict[int, Sequence[str]] = field(default_factory=dict)

    def believes(
        self,
        text: str,
        claim: Claim | None,
        *quotes: str,
        ago: timedelta = timedelta(minutes=10),
        probability: float = 0.8,
    ) -> Proposition:
        """Add a proposition that was last supported some time ago."""
        since = NOW - ago
        more = {"reasoning": "It was counted.", "trust": Trust.TYPED, "claim": claim}
        known = proposition(text, probability, since, id=len(self.propositions) + 1, **more)
        self.propositions.append(known)
        self.quotes[known.id] = quotes
        return known

    def visits(
        self,
        title: str,
        *,
        app: str = "Chromium",
        ago: timedelta = timedelta(minutes=20),
        seconds: float = 60,
        url: str = "",
    ) -> None:
        """Add an episode in one window; its text is the title."""
        start = NOW - ago
        until = start + timedelta(seconds=seconds)
        number = len(self.episodes) + 1
        self.episodes.append(Episode(start, until, app, title, "", seconds, 0, 0, (number,), id=number))
        shown = f"{title} - {app}"
        self.observations[number] = [Observation("test", "window", start, until, app, shown, url, title, id=number)]

    def types(self, text: str, *, app: str = "Thunderbird", title: str = "", ago: timedelta = timedelta()) -> None:
        """Add an episode in which something was typed."""
        at = NOW - ago
        number = len(self.episodes) + 1
        self.episodes.append(Episode(at, at, app, title, "", 30, 50, 0, (number,), id=number))
        self.observations[number] = [Observation("test", "typed", at, at, app, title, "", text, id=number)]

    def situation(self) -> Situation:
        """Return what a suggester is given."""
        return Situation(
            now=NOW,
            propositions=tuple(self.propositions),
            episodes=tuple(self.episodes),
            observations=lambda id: self.observations[id],
            evidence=lambda id: self.quotes[id],
        )
