"""A store of its own for each test, an engine that says what the test wants, and a life to observe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gum import plugins
from gum.config import Config
from gum.paths import Home
from gum.store import Store
from tests.infer.life import START, Life, ScriptedEngine


@pytest.fixture
def clock() -> list[datetime]:
    """The present instant, as the one element of a list that a test may set."""
    return [START]


@pytest.fixture
def store(tmp_path: Path, clock: list[datetime]) -> Iterator[Store]:
    with Store.open(Home(tmp_path / "home"), now=lambda: clock[0]) as opened:
        yield opened


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    """The scripted engine, by the same door as every engine."""
    plugins.register("gum.engines", "scripted", ScriptedEngine)
    try:
        yield plugins.load("gum.engines", "scripted")()
    finally:
        plugins.unregister("gum.engines", "scripted")


@pytest.fixture
def life(store: Store, engine: ScriptedEngine, clock: list[datetime]) -> Life:
    return Life(store, engine, Config(), clock)
