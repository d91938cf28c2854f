"""What is believed of a simulated person is right by its fields and its time."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from gum.evaluate.simulate.generator import Decoy, Fact, Happening, Truth
from gum.evaluate.simulate.judging import Judge
from gum.records import Claim, Proposition
from tests.propositions import proposition

START = datetime(2025, 3, 3, 8, tzinfo=UTC)
DAY = timedelta(days=1)
END = START + 20 * DAY


def fact(predicate: str, name: str, qualifier: str = "", until: datetime | None = None) -> Fact:
    return Fact(f"{predicate}-{name}", predicate, (name,), (qualifier,) if qualifier else (), START, until, 3)


def said(predicate: str, what: str, qualifier: str = "", valid_to: datetime | None = None) -> Proposition:
    words = f"The user {predicate.replace('_', ' ')} {what}."
    return proposition(words, 0.7, START, claim=Claim(predicate, what, qualifier), valid_to=valid_to)


HAPPENINGS = tuple(
    Happening((START + n * DAY).replace(hour=9, minute=30), "zoom Daily stand-up - Zoom Meeting") for n in range(8)
)
TRUTH = Truth(
    facts=(
        fact("works_on", "Carton tender"),
        fact("lives_in", "Graz", until=START + 5 * DAY),
        fact("lives_in", "Porto"),
        fact("has_deadline", "vendor list", "2025-03-20"),
        fact("prefers_tool", "Geary", "mail"),
        fact("has_routine", "bidder call", "Thu 14:00"),
    ),
    decoys=(Decoy("decoy-1", "prefers_tool", ("NoteNest",), "advertised again and again"),),
    happenings=HAPPENINGS,
    workdays=8,
)


@pytest.fixture
def judge() -> Judge:
    return Judge(TRUTH)


@pytest.mark.parametrize(
    ("one", "right"),
    [
        (said("works_on", "the carton tender"), True),
        (said("works_on", "the harbour lease"), False),
        (said("researches", "carton tender"), False),
        (said("has_deadline", "hand in vendor list", "2025-03-20"), True),
        (said("has_deadline", "hand in vendor list", "2025-03-21"), False),
        (said("prefers_tool", "geary", "correspondence"), True),
        (said("prefers_tool", "geary", "coding"), False),
        (said("prefers_tool", "geary"), True),
        (said("has_routine", "bidder call", "Thursdays around 14:20"), True),
        (said("has_routine", "bidder call", "Mondays around 14:20"), False),
    ],
)
def test_fields_decide(judge: Judge, one: Proposition, right: bool) -> None:
    assert judge.judge(one, END).right is right


def test_what_has_changed_is_wrong_after_a_few_days(judge: Judge) -> None:
    old = said("lives_in", "Graz")
    assert judge.judge(old, START + 6 * DAY).right
    assert not judge.judge(old, END).right
    assert judge.judge(said("lives_in", "Porto"), END).right


def test_what_was_closed_in_time_stays_right(judge: Judge) -> None:
    assert judge.judge(said("lives_in", "Graz", valid_to=START + 5 * DAY), END).right


def test_nothing_is_right_before_it_holds(judge: Judge) -> None:
    assert not judge.judge(said("works_on", "Carton tender"), START - DAY).right


def test_a_routine_is_borne_out_by_what_happened(judge: Judge) -> None:
    at_its_time, at_another = (
        said("has_routine", "daily stand-up", "09:45"),
        said("has_routine", "daily stand-up", "15:00"),
    )
    assert judge.judge(at_its_time, END).right
    assert not judge.judge(at_another, END).right
    assert not judge.judge(at_its_time, START + DAY).right


def test_a_decoy_that_was_believed_is_named(judge: Judge) -> None:
    found = judge.judge(said("prefers_tool", "NoteNest", "notes"), END)
    assert (found.right, found.decoy) == (False, "decoy-1")


def test_without_a_claim_the_words_decide(judge: Judge) -> None:
    free = dataclasses.replace(said("works_on", "x"), claim=None, text="Works on the carton tender for a client")
    assert judge.judge(free, END).right
    assert not judge.judge(dataclasses.replace(free, text="Likes to cook"), END).right
