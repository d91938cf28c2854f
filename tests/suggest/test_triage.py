"""Which notifications matter: by what is known of the person, never by what a notification says of itself."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.records import Claim, Kind, Observation, Proposition, Trust
from gum.suggest.triage import Triaged, triage
from tests.propositions import proposition

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def known(text: str, kind: Kind = Kind.ACTIVITY, claim: Claim | None = None, **more: object) -> Proposition:
    return proposition(text, 0.9, NOW, kind=kind, claim=claim, **more)


def notified(title: str, text: str = "", app: str = "Mail", urgency: str = "normal") -> Observation:
    source = f"notification:1:{urgency}#text"
    return Observation("notifications", "text", NOW, NOW, app, title, "", text, Trust.UNTRUSTED, source=source)


MARIA = known("The user deals with Maria Okafor.", Kind.RELATION, Claim("deals_with", "Maria Okafor"), id=1)
PAPER = known(
    "The user's conference paper is due on 2026-03-03.",
    Kind.COMMITMENT,
    Claim("has_deadline", "conference paper", "2026-03-03"),
    id=2,
)
BILLS = known("The user ignores billing notifications.", Kind.PREFERENCE, id=3)
HERONS = known("The user reads about herons.", Kind.INTEREST, Claim("researches", "heron migration"), id=4)


@pytest.mark.parametrize(
    ("seen", "rank", "because"),
    [
        (notified("Maria Okafor: are you there?"), "now", (1,)),
        (notified("Conference paper submission", "The site closes soon"), "now", (2,)),
        (notified("New article: heron migration over the Alps"), "later", (4,)),
        (notified("50 % off shoes"), "digest", ()),
        (notified("Your billing notifications", "Maria Okafor was billed"), "digest", (1, 3)),
        (notified("Battery low", app="Power", urgency="critical"), "now", ()),
    ],
)
def test_each_is_ranked_with_its_reason(seen: Observation, rank: str, because: tuple[int, ...]) -> None:
    told = ranked(seen)
    assert (told.rank, told.propositions) == (rank, because)
    assert told.reason


def test_the_same_notification_waits_when_the_deadline_is_far_or_doubtful() -> None:
    far = dataclasses.replace(PAPER, claim=Claim("has_deadline", "conference paper", "2026-06-01"), probability=0.5)
    seen = notified("Conference paper submission")
    assert triage(seen, [far], NOW).rank == "later"
    assert triage(seen, [dataclasses.replace(PAPER, probability=0.25)], NOW).rank == "digest"


@given(st.text(max_size=200), st.text(max_size=500))
def test_no_words_lift_a_notification_that_touches_nothing_known(title: str, text: str) -> None:
    assert triage(notified(title, text), [], NOW + timedelta(days=1)).rank == "digest"


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_likelier_matters_no_less(one: float, other: float) -> None:
    seen = notified("Maria Okafor wrote")
    low, high = (
        triage(seen, [dataclasses.replace(MARIA, probability=probability)], NOW).score
        for probability in sorted((one, other))
    )
    assert 0 <= low <= high <= 1


def ranked(seen: Observation) -> Triaged:
    return triage(seen, [MARIA, PAPER, BILLS, HERONS], NOW)
