"""The Python entry: the same answers from a home that nobody uses and through the daemon that owns it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import gum
from gum.errors import GumError, NotFoundError, StoreLockedError
from gum.paths import Home
from gum.query import Gum
from gum.records import Status
from gum.store import Store
from tests.working import START, HandClock, running, text


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which three things were seen and inferred from; its daemon has ended."""
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as served:
        for number, words in enumerate(("the harbour survey", "a bread recipe", "the tide tables")):
            served.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
        clock.forward(hours=2)
        served.work()
    return Home(tmp_path / "home")


def test_a_home_without_a_daemon_is_asked_directly(home: Home) -> None:
    with Gum(home.root) as asked:
        (hit,) = asked.query("harbour")
        assert hit.proposition.text.endswith("the harbour survey")
        assert hit.arms == ["words"]
        assert asked.query("harbour", status=[Status.REJECTED]) == []
        assert asked.query("harbour", until=START) == []
        assert asked.query("harbour", min_probability=1) == []
        with pytest.raises(StoreLockedError):
            Gum(home.root)
    Store.open(home).close()


def test_a_home_with_a_daemon_is_asked_through_it(home: Home) -> None:
    with Gum(home.root) as asked:
        directly = asked.query("tide tables", recency=False)
    with running(home.root, clock=HandClock()), Gum(home.root) as asked:
        (hit,) = asked.query("tide tables", recency=False)
        assert [(hit.proposition.id, hit.proposition.text, hit.arms)] == [
            (one.proposition.id, one.proposition.text, one.arms) for one in directly
        ]
        assert asked.query("tide tables", kind=["routine"]) == []


def test_it_is_offered_by_the_package_and_takes_the_home_in_force(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUM_HOME", str(home.root))
    with gum.Gum() as asked:
        assert asked.query("bread", limit=1)
    with pytest.raises(AttributeError, match="no attribute 'Gun'"):
        gum.Gun  # noqa: B018


def test_what_cannot_be_asked_says_so(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="gumctl start"):
        Gum(tmp_path / "nowhere")
    with Gum(home.root) as asked, pytest.raises(GumError, match="time zone"):
        asked.query("harbour", as_of=START.replace(tzinfo=None))


def test_a_home_that_was_closed_once_or_twice_is_free_again(home: Home) -> None:
    asked = Gum(home.root)
    asked.close()
    asked.close()
    with Gum(home.root) as again:
        assert again.query("bread")
