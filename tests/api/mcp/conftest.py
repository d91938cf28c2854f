"""A service that believes two things, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.working import HandClock, Running, running, text


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def known(tmp_path: Path, clock: HandClock) -> Iterator[Running]:
    with running(tmp_path / "home", clock=clock) as now:
        now.service.agent.receive(text("the harbour survey", clock()))
        clock.forward(hours=2)
        now.work()
        now.client.add_proposition("The user plays the cello.")
        clock.forward(minutes=5)
        yield now


@pytest.fixture
def token_of(known: Running) -> Callable[..., str]:
    """Gives a client that may see everything a token with these scopes."""

    def made(*scopes: str, **limits: object) -> str:
        name = "-".join(scopes)
        return known.client.add_client(name, scopes, **({"all_sensitive": True} | limits)).token

    return made
