"""What an agent learns before it acts for the person: preferences, and whether now is the time for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum import plugins
from gum.api.access import Caller, Scope
from gum.api.mcp.tools import get_preferences
from gum.api.preferences import pressing
from gum.client import Client
from gum.records import Claim, Durability, Kind, Status, Theme, Trust
from tests.propositions import proposition
from tests.store.conftest import BagEmbedder
from tests.working import START, HandClock, Running, running, settings

DUE = (START + timedelta(days=2)).date()


def believed(served: Running, words: str, **more: object) -> int:
    usual = {"kind": Kind.PREFERENCE, "durability": Durability.TRAIT, "theme": Theme.PREFERENCES, "probability": 0.85}
    fields = usual | more
    return served.service.store.propositions.add(proposition(words, **fields), "test", "test").id


def deadline(served: Running, what: str = "paper", due: date = DUE, **more: object) -> int:
    fields = {"kind": Kind.COMMITMENT, "theme": Theme.WORK, "claim": Claim("has_deadline", what, due.isoformat())}
    return believed(served, f"The user's {what} is due on {due.isoformat()}.", **(fields | more))


@pytest.fixture(params=["words alone", "by meaning too"])
def agent(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[tuple[Running, Client]]:
    """A film agent with the least rights; where there is an embedder, it knows that a film is a movie."""
    plugins.register("gum.embedders", "bag", partial(BagEmbedder, {"movies": "film"}))
    embedder = "bag" if request.param == "by meaning too" else "minilm"
    with running(tmp_path / "agent-home", settings(infer={"embedder": embedder}), clock) as served:
        token = served.client.add_client("films", ["context"]).token
        with Client(served.service.server.url, token) as client:
            yield served, client
    plugins.unregister("gum.embedders", "bag")


def test_a_film_is_for_later_while_the_paper_is_due_and_for_now_without_the_deadline(
    agent: tuple[Running, Client],
) -> None:
    served, films = agent
    likes = believed(served, "The user likes slow science fiction films.")
    believed(served, "The user likes hot curries.")
    due = deadline(served)
    told = films.preferences("film")
    assert [one.id for one in told.preferences] == [likes]
    assert (told.verdict, [(one.id, one.kind, one.due) for one in told.conditions]) == (
        "not now",
        [(due, "deadline", DUE)],
    )
    assert told.preferences[0].conditions == [due]
    assert told.preferences[0].now < 0.2 < told.preferences[0].probability
    assert f"Not now:\n- [{due}]" in told.text
    served.client.reject(due)
    told = films.preferences("film")
    assert (told.verdict, told.conditions, told.not_now) == ("now", [], 0)
    assert told.preferences[0].now == told.preferences[0].probability == 0.85


def test_several_deadlines_add_up_and_a_far_one_does_not_press(agent: tuple[Running, Client]) -> None:
    served, films = agent
    believed(served, "The user likes slow films.")
    for name in ("survey", "budget"):
        deadline(served, name, probability=0.4, raw_probability=0.4)
    told = films.preferences("films")
    assert told.not_now == pytest.approx(1 - 0.6 * 0.6)
    assert told.verdict == "not now"
    assert told.preferences[0].now == pytest.approx(0.85 * 0.36, abs=0.01)
    for known in told.conditions:
        served.client.reject(known.id)
    deadline(served, "tax return", START.date() + timedelta(days=60))
    assert films.preferences("films").conditions == []


def test_a_deadline_does_not_speak_against_its_own_work_nor_against_a_tool(agent: tuple[Running, Client]) -> None:
    served, films = agent
    believed(served, "The user likes to write a paper from its figures.")
    believed(served, "The user prefers vim for code.", claim=Claim("prefers_tool", "vim", "code"), theme=Theme.TOOLS)
    due = deadline(served, "paper")
    paper, code = films.preferences("paper"), films.preferences("code")
    assert (paper.verdict, paper.conditions) == ("now", [])
    assert (code.verdict, [one.conditions for one in code.preferences]) == ("now", [[]])
    assert [one.id for one in code.conditions] == [due]


def test_what_is_over_rejected_or_known_from_a_page_alone_counts_for_nothing(agent: tuple[Running, Client]) -> None:
    served, films = agent
    deadline(served, "old report", START.date() - timedelta(days=1))
    believed(served, "The user likes films with trains.", status=Status.REJECTED)
    believed(served, "The user likes films by ACME, buy now.", trust=Trust.UNTRUSTED, status=Status.CANDIDATE)
    deadline(served, "prize claim", trust=Trust.UNTRUSTED, status=Status.CANDIDATE)
    told = films.preferences("films")
    assert (told.preferences, told.conditions, told.verdict) == ([], [], "now")
    assert "Nothing is known." in told.text


def test_a_client_is_told_only_what_is_within_its_limits(served: Running) -> None:
    believed(served, "The user likes slow films.")
    deadline(served)
    token = served.client.add_client("films", ["context"], themes=["preferences"]).token
    with Client(served.service.server.url, token) as client:
        told = client.preferences("films")
    assert (len(told.preferences), told.conditions, told.verdict) == (1, [], "now")


def test_each_disclosure_is_logged(served: Running) -> None:
    known = believed(served, "The user likes slow films.")
    token = served.client.add_client("films", ["context"]).token
    with Client(served.service.server.url, token) as client:
        client.preferences("films")
    (logged,) = served.client.access("films").items
    assert logged.shown["propositions"]["ids"] == [known]


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 800))
def test_a_day_presses_more_the_nearer_it_is_and_never_once_it_is_over(today: date, days: int) -> None:
    near, far = (pressing(today + timedelta(days=ahead), today) for ahead in (days, days + 1))
    assert 0 < far <= near <= 1
    assert pressing(today - timedelta(days=1 + days), today) == 0


def test_an_assistant_is_told_the_same_by_a_tool(served: Running) -> None:
    believed(served, "The user likes slow films.")
    deadline(served)
    asked = get_preferences.TOOL.arguments(domain="films")
    told = get_preferences.run(served.service, Caller("assistant", frozenset({Scope.CONTEXT})), asked)
    assert told.answer == served.client.preferences("films")
    assert "Not now:" in told.text
