"""A small life in a store: two applications, propositions on either or both, and what was made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gum.forget.forgetting import Forgetter
from gum.paths import Home
from gum.records import (
    Claim,
    Durability,
    Episode,
    Evidence,
    Kind,
    Observation,
    Proposition,
    Stance,
    Status,
    Suggestion,
    Theme,
    Trust,
)
from gum.store import Store
from tests.store.conftest import START, BagEmbedder, HandClock


@dataclass
class Life:
    """A store with its forgetter, and how things are put into it."""

    store: Store
    forgetter: Forgetter
    clock: HandClock

    def see(self, minute: float, app: str, title: str, text: str, *, url: str = "", frame: bytes = b"") -> Observation:
        """Keep an observation in an episode of its own."""
        at = START + timedelta(minutes=minute)
        seen = self.store.observations.add(
            Observation("screen", "screen", at, at, app=app, title=title, url=url, text=text), frame=frame or None
        )
        self.store.episodes.add(Episode(at, at, app, title, title, 1.0, 0, 0, (seen.id,)))
        return self.store.observations.get(seen.id)

    def believe(
        self, text: str, *seen: Observation, reasoning: str = "", claim: Claim | None = None, **changes: object
    ) -> Proposition:
        """Keep a proposition that rests on observations, each quoted by its text."""
        fields: dict[str, object] = {"status": Status.ACTIVE, "engine": "statistical/1", "last_supported": START}
        made = self.store.propositions.add(
            Proposition(
                text=text, reasoning=reasoning, kind=Kind.FACT, durability=Durability.TRAIT, theme=Theme.LIFE,
                probability=0.5, raw_probability=0.5, trust=Trust.SCREEN, first_seen=START,
                claim=claim, **(fields | changes),
            ),
            "statistical/1",
            "inferred",
        )  # type: ignore[arg-type]  # fmt: skip
        self.store.propositions.add_evidence(
            [
                Evidence(made.id, one.id, one.episode or 0, Stance.FOR, one.text, 1.0, Trust.SCREEN, one.captured_at)
                for one in seen
            ]
        )
        return made

    def suggest(self, title: str, *rests_on: Proposition, **changes: object) -> Suggestion:
        """Keep a suggestion that rests on propositions."""
        fields: dict[str, object] = {"status": "shown", "result": {}, "payload": {"markdown": title}}
        made = self.store.suggestions.add(
            Suggestion(
                kind="collect", title=title, why="", action="note", decision={}, key=title, created_at=START,
                propositions=tuple(one.id for one in rests_on), **(fields | changes),
            )
        )  # type: ignore[arg-type]  # fmt: skip
        assert made is not None
        return made

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table that holds what the person would see again after undoing."""
        skipped = ("forg", "ledger", "outbox", "sqlite_", "_sqlite", "settings", "believed", "propositions_", "changes")
        names = [row["name"] for row in self.store.sql.rows("SELECT name FROM sqlite_master WHERE type='table'")]
        return {
            name: [tuple(row) for row in self.store.sql.rows(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
            for name in names
            if not name.startswith(skipped)
        }

    def holds(self, *words: str) -> set[str]:
        """Return which words still stand in any file below the home, in its names, or in the database's pages."""
        found = b"".join(
            str(file).encode() + file.read_bytes() for file in self.store.home.root.rglob("*") if file.is_file()
        ).lower()
        return {word for word in words if word.lower().encode() in found}


@pytest.fixture
def life(tmp_path: Path, clock: HandClock) -> Iterator[Life]:
    """A store with an index on disk, on a clock that is set by hand."""
    with Store.open(Home(tmp_path / "home"), now=clock, embedder=BagEmbedder()) as store:
        yield Life(store, Forgetter(store, 300.0, timedelta(hours=24), clock), clock)


@pytest.fixture
def clock() -> HandClock:
    made = HandClock()
    made.move(hours=8)
    return made


At = Callable[[float], datetime]
