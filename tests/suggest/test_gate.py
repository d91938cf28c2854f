"""The gate: speaking must pay, at the right moment, and only once."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.config import Suggest
from gum.records import (
    Candidate,
    Durability,
    Kind,
    Observation,
    Proposition,
    Status,
    Suggestion,
    Theme,
    Trust,
)
from gum.suggest.gate import Answers, Decision, Gate, Moment, alike, answers_of, gain, quiet, typing

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
CALM = Moment(NOW, time(14), typing=False, shown_last_minute=0, shown_today=0)
CANDIDATE = Candidate(
    kind="deadline",
    title="Put the report into the calendar",
    why="It is due on Friday.",
    action="calendar",
    payload={"summary": "Report", "date": "2026-03-06"},
    propositions=(1,),
    p_useful=0.6,
    benefit=6,
    cost_false_alarm=3,
    cost_silence=3,
    key="deadline:report",
)
KNOWN = Proposition(
    text="The report is due on Friday.",
    reasoning="",
    kind=Kind.COMMITMENT,
    durability=Durability.PROJECT,
    theme=Theme.WORK,
    status=Status.ACTIVE,
    probability=0.8,
    raw_probability=0.8,
    trust=Trust.TYPED,
    first_seen=NOW,
    last_supported=NOW,
    engine="test",
    id=1,
)


def earlier(status: str, **changes: object) -> Suggestion:
    made = Suggestion(
        kind="deadline",
        title="Something else entirely",
        why="",
        action="calendar",
        payload={},
        propositions=(),
        status=status,
        decision={},
        key="other",
        created_at=NOW - timedelta(days=1),
        id=9,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def decide(
    candidate: Candidate = CANDIDATE,
    known: Proposition = KNOWN,
    moment: Moment = CALM,
    *before: Suggestion,
) -> Decision:
    return Gate(Suggest(), frozenset({"calendar", "note"}), before).decide(candidate, [known], moment)


def test_it_speaks_when_the_bar_is_passed_and_records_the_numbers() -> None:
    decision = decide()
    assert decision.speak
    recorded = decision.recorded()
    # bar = 3 / (6 + 3 + 3); gain = .6 x 6 - .4 x 3 + .6 x 3
    assert (recorded["bar"], recorded["p"], recorded["gain"]) == (0.25, 0.6, pytest.approx(4.2))


def test_it_is_silent_below_the_bar() -> None:
    decision = decide(dataclasses.replace(CANDIDATE, p_useful=0.2))
    assert (decision.speak, decision.reason) == (False, "it is not likely enough to be useful")


@given(st.floats(0.03, 0.97), st.floats(1, 10), st.floats(1, 10), st.floats(1, 10))
def test_the_bar_is_where_speaking_gains_something(p: float, benefit: float, alarm: float, silence: float) -> None:
    candidate = dataclasses.replace(
        CANDIDATE, p_useful=p, benefit=benefit, cost_false_alarm=alarm, cost_silence=silence
    )
    gained = gain(candidate, p)
    if abs(gained) > 0.01:
        assert decide(candidate).speak == (gained > 0)


def test_dismissals_lower_p_of_their_kind_until_it_falls_silent() -> None:
    shown = [decide(CANDIDATE, KNOWN, CALM, *[earlier("dismissed")] * count) for count in range(12)]
    chances = [one.numbers["p"] for one in shown]
    assert chances == sorted(chances, reverse=True)
    assert shown[0].speak
    assert not shown[-1].speak


def test_answers_to_another_kind_or_withdrawn_ones_say_nothing() -> None:
    other = earlier("dismissed", kind="collect")
    withdrawn = earlier("expired", result={"reason": "what it rests on no longer holds"})
    assert answers_of([other, withdrawn], "deadline") == Answers()


def test_ignoring_and_undoing_count_less_than_dismissing() -> None:
    ignored = answers_of([earlier("expired", result={"reason": "not answered"})], "deadline")
    undone, dismissed = answers_of([earlier("undone")], "deadline"), answers_of([earlier("dismissed")], "deadline")
    assert dismissed.p_useful(0.5) < undone.p_useful(0.5) < ignored.p_useful(0.5) < 0.5
    assert answers_of([earlier("accepted")], "deadline").p_useful(0.5) > 0.5


@pytest.mark.parametrize(
    ("candidate", "known", "reason"),
    [
        (dataclasses.replace(CANDIDATE, action="mail"), KNOWN, "no action can carry it out"),
        (CANDIDATE, dataclasses.replace(KNOWN, status=Status.REJECTED), "what it rests on no longer holds"),
        (CANDIDATE, dataclasses.replace(KNOWN, valid_to=NOW), "what it rests on no longer holds"),
        (CANDIDATE, dataclasses.replace(KNOWN, trust=Trust.UNTRUSTED), "it rests on text that is not trusted"),
        (dataclasses.replace(CANDIDATE, expires_at=NOW), KNOWN, "it came too late"),
    ],
)
def test_what_cannot_be_done_or_trusted_or_is_over_is_not_offered(
    candidate: Candidate, known: Proposition, reason: str
) -> None:
    assert decide(candidate, known).reason == reason


def test_a_proposition_that_is_gone_is_no_ground() -> None:
    decision = Gate(Suggest(), frozenset({"calendar"}), ()).decide(CANDIDATE, [], CALM)
    assert decision.reason == "what it rests on no longer holds"


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (dataclasses.replace(CALM, local=time(23)), "quiet hours"),
        (dataclasses.replace(CALM, local=time(6, 59)), "quiet hours"),
        (dataclasses.replace(CALM, typing=True), "in the middle of typing"),
        (dataclasses.replace(CALM, shown_last_minute=1), "enough for this minute"),
        (dataclasses.replace(CALM, shown_today=6), "enough for today"),
    ],
)
def test_at_the_wrong_moment_it_is_silent(moment: Moment, reason: str) -> None:
    decision = decide(CANDIDATE, KNOWN, moment)
    assert (decision.speak, decision.reason) == (False, reason)


def test_the_same_thing_in_nearly_the_same_words_is_not_offered_again() -> None:
    like = earlier("dismissed", title="Put the report into the calendar!")
    assert decide(CANDIDATE, KNOWN, CALM, like).reason == "it is like suggestion 9"
    long_ago = dataclasses.replace(like, created_at=NOW - timedelta(days=40))
    assert decide(CANDIDATE, KNOWN, CALM, long_ago).speak
    never_shown = dataclasses.replace(like, status="silent")
    assert decide(CANDIDATE, KNOWN, CALM, never_shown).speak


def test_what_was_done_already_is_not_offered_however_it_is_called() -> None:
    done = earlier("accepted", payload=CANDIDATE.payload, created_at=NOW - timedelta(days=90))
    assert decide(CANDIDATE, KNOWN, CALM, done).reason == "it is already done"


def test_titles_with_other_numbers_are_different_things() -> None:
    assert alike("Save the pages on herons", "save the pages on Herons.")
    assert not alike("Report due 2026-03-06", "Report due 2026-03-07")
    assert not alike("Save the pages on herons", "Write the letter to Ana")


@pytest.mark.parametrize(
    ("local", "since", "until", "is_quiet"),
    [
        (time(23), "22:00", "07:00", True),
        (time(7), "22:00", "07:00", False),
        (time(12), "22:00", "07:00", False),
        (time(13), "12:00", "14:00", True),
        (time(14), "12:00", "14:00", False),
        (time(3), "00:00", "00:00", False),
    ],
)
def test_quiet_hours_may_pass_midnight(local: time, since: str, until: str, is_quiet: bool) -> None:
    assert quiet(local, since, until) is is_quiet


def test_only_recent_and_dense_keys_are_a_burst() -> None:
    def counted(seconds_ago: float, keys: int) -> Observation:
        at = NOW - timedelta(seconds=seconds_ago)
        return Observation("activity", "activity", at, at, keys=keys)

    assert typing([counted(3, 20)], NOW)
    assert not typing([counted(3, 4)], NOW)
    assert not typing([counted(30, 50)], NOW)
