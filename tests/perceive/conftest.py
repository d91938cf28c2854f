"""A store of its own for each test, and what perceives into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.config import Config
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.store import Store
from tests.perceive.reading_pixels import PixelReader


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store.open(home) as store:
        yield store


@pytest.fixture
def reader() -> PixelReader:
    return PixelReader()


@pytest.fixture
def perceiver(store: Store, reader: PixelReader) -> Perceiver:
    return Perceiver(store, reader, Config())
