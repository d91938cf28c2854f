"""A service for the tests of one module: it starts in a tenth of a second, but there are many tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.working import HandClock, Running, running


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def served(tmp_path: Path, clock: HandClock) -> Iterator[Running]:
    with running(tmp_path / "home", clock=clock) as now:
        yield now


@pytest.fixture
def bearer(served: Running) -> dict[str, str]:
    return {"Authorization": f"Bearer {served.token}"}


@pytest.fixture
def raw(served: Running) -> Iterator[httpx.Client]:
    """A client that sends what it is told to, and no token by itself: what a page in a browser can send."""
    with httpx.Client(base_url=served.service.server.url, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def http(served: Running, bearer: dict[str, str]) -> Iterator[httpx.Client]:
    """A client with the token of the person."""
    with httpx.Client(base_url=served.service.server.url, headers=bearer, trust_env=False, timeout=60) as client:
        yield client
