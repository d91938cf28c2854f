"""A store of its own for each test, on a clock that is set by hand, with an embedder whose meanings are plain."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from gum.paths import Home
from gum.records import Durability, Observation, Proposition, Theme
from gum.store import Store
from tests import propositions
from tests.propositions import START


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **distance: float) -> datetime:
        self.moment += timedelta(**distance)
        return self.moment


class BagEmbedder:
    """An embedder at the outer edge: texts that share words lie near, and `same` names words that mean the same."""

    name = "bag/1"
    dimensions = 64

    def __init__(self, same: dict[str, str] | None = None) -> None:
        self.same = same or {}
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.texts += texts
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> list[float]:
        vector = [1e-3] * self.dimensions
        for word in text.lower().strip(".").split():
            digest = hashlib.sha256(self.same.get(word, word).encode()).digest()
            vector[digest[0] % self.dimensions] += 1.0
        norm = math.sqrt(sum(value * value for value in vector))
        return [value / norm for value in vector]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def embedder() -> BagEmbedder:
    return BagEmbedder()


@pytest.fixture
def store(home: Home, clock: HandClock) -> Iterator[Store]:
    """A store without embedder."""
    with Store.open(home, now=clock) as opened:
        yield opened


@pytest.fixture
def meaning(home: Home, clock: HandClock, embedder: BagEmbedder) -> Iterator[Store]:
    """A store with an embedder, its index in memory."""
    with Store.open(
        home, now=clock, embedder=embedder, index_on_disk=False, user_names=("Jordan Lee", "jlee")
    ) as opened:
        yield opened


@pytest.fixture
def proposition() -> Callable[..., Proposition]:
    """Make a proposition; name only what matters."""
    return partial(propositions.proposition, durability=Durability.TRAIT, theme=Theme.LIFE, engine="statistical/1")


@pytest.fixture
def observation() -> Callable[..., Observation]:
    """Make an observation; name only what matters."""

    def make(minute: float = 0, **changes: object) -> Observation:
        at = START + timedelta(minutes=minute)
        fields: dict[str, object] = {"observer": "screen", "kind": "screen", "captured_at": at, "until": at}
        return Observation(**(fields | changes))  # type: ignore[arg-type]

    return make
