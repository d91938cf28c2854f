"""Search over the API takes every filter, and answers what was believed at any instant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gum.errors import RefusedError
from tests.working import START, HandClock, Running, text


@pytest.fixture
def believing(served: Running, clock: HandClock) -> Running:
    """Three things were seen on one morning, and inferred from."""
    for number, words in enumerate(("the harbour survey", "a harbour map", "the tide tables")):
        served.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
    clock.forward(hours=2)
    served.work()
    return served


def _texts(believing: Running, query: str = "harbour", **filters: object) -> set[str]:
    hits = believing.client.search(query, **filters)  # type: ignore[arg-type]
    return {hit.proposition.text.removeprefix("The user works on ") for hit in hits}


BOTH = {"the harbour survey", "a harbour map"}


def test_every_filter_is_taken(believing: Running) -> None:
    assert _texts(believing) == BOTH
    assert _texts(believing, kind=["routine"]) == _texts(believing, theme=["people"]) == set()
    assert _texts(believing, theme=["work", "people"]) == BOTH
    assert _texts(believing, status=["rejected"]) == _texts(believing, min_probability=1.0) == set()
    assert _texts(believing, since=START + timedelta(minutes=15)) == {"a harbour map"}
    assert _texts(believing, until=START + timedelta(minutes=15)) == {"the harbour survey"}
    assert _texts(believing, diversity=False, recency=False, min_probability=0.0) == BOTH


def test_an_instant_of_the_past_is_answered_with_what_was_believed_then(believing: Running, clock: HandClock) -> None:
    before = clock()
    one = believing.client.search("harbour survey")[0].proposition
    clock.forward(hours=1)
    believing.client.edit(one.id, "The user leads the harbour survey")
    assert "The user leads the harbour survey" in _texts(believing)
    assert _texts(believing, as_of=before) == BOTH
    then = next(hit.proposition for hit in believing.client.search("survey", as_of=before))
    assert (then.status, then.probability) == (one.status, pytest.approx(one.probability, abs=0.02))
    assert _texts(believing, as_of=START - timedelta(days=1)) == set()


def test_the_same_instant_in_any_zone_gives_the_same_answer(believing: Running, clock: HandClock) -> None:
    moments = [clock().astimezone(timezone(timedelta(hours=hours))) for hours in (-11, 0, 14)]
    assert [_texts(believing, as_of=moment) for moment in moments] == [BOTH] * 3


def test_a_time_without_a_zone_and_an_engine_that_cannot_rerank_are_refused(believing: Running) -> None:
    with pytest.raises(RefusedError, match="time zone"):
        believing.client.search("harbour", as_of=datetime(2026, 3, 1, 9, 30))  # noqa: DTZ001 - it is the fault
    with pytest.raises(RefusedError, match="cannot rerank"):
        believing.client.search("harbour", rerank=True)
