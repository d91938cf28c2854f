"""A store of its own for each test, and short ways to say what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.paths import Home
from gum.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Home(tmp_path / "home")) as opened:
        yield opened
