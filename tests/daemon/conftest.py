"""A daemon in a process of its own, ended whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.paths import Home
from tests.working import Daemon, HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    """Not started yet; without a display unless the test gives it one."""
    one = Daemon(Home(tmp_path / "home"))
    yield one
    one.close()
