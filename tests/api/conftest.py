"""A service for the tests of one module: it starts in a tenth of a second, but there are many tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.working import HandClock, Running, running


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def served(tmp_path: Path, clock: HandClock) -> Iterator[Running]:
    with running(tmp_path / "home", clock=clock) as now:
        yield now
