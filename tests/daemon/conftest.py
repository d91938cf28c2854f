"""A daemon in a process of its own, ended whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gum.paths import Home
from tests.daemon.seeing import Eye, seeing
from tests.working import Daemon, HandClock

if TYPE_CHECKING:
    from tests.observers.conftest import Session


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    """Not started yet; without a display unless the test gives it one."""
    one = Daemon(Home(tmp_path / "home"))
    yield one
    one.close()


@pytest.fixture
def eye() -> Iterator[Eye]:
    with seeing() as one:
        yield one


@pytest.fixture
def desk() -> Iterator[Session]:
    from tests.observers.conftest import Session

    session = Session()
    yield session
    session.close()
