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
    Kind,
    Proposition,
    Status,
    Suggestion,
    Trust,
)
from gum.suggest.gate import Decision, Gate, alike, gain
from gum.suggest.learning import learned
from gum.suggest.moment import Moment
from tests.propositions import proposition

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
KNOWN = proposition("The report is due on Friday.", 0.8, NOW, kind=Kind.COMMITMENT, trust=Trust.TYPED, id=1)


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
    known_before = {f"{one.key} {number}": one for number, one in enumerate(before)}
    gate = Gate(Suggest(), frozenset({"calendar", "note"}), known_before, learned(before))
    return gate.decide(candidate, [known], moment)


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
    decision = Gate(Suggest(), frozenset({"calendar"}), {}).decide(CANDIDATE, [], CALM)
    assert decision.reason == "what it rests on no longer holds"


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (dataclasses.replace(CALM, local=time(23)), "quiet hours"),
        (dataclasses.replace(CALM, local=time(6, 59)), "quiet hours"),
        (dataclasses.replace(CALM, typing=True), "in the middle of typing"),
        (dataclasses.replace(CALM, meeting=True), "a call goes on"),
        (dataclasses.replace(CALM, presenting=True), "the screen is shown to others"),
        (dataclasses.replace(CALM, new=True), "it knows you too little yet"),
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


def test_at_times_of_focus_it_is_silent() -> None:
    gate = Gate(Suggest(focus=["09:00-10:30", "13:30-15:00"]), frozenset({"calendar"}), {})
    assert gate.decide(CANDIDATE, [KNOWN], CALM).reason == "a time of focus"
    assert gate.decide(CANDIDATE, [KNOWN], dataclasses.replace(CALM, local=time(15))).speak


def test_a_full_screen_and_steady_work_raise_the_bar() -> None:
    # C_FP of 3 becomes 6, 4.5 and 9, beside a benefit of 6 and a cost of silence of 3
    full, steady = dataclasses.replace(CALM, full_screen=True), dataclasses.replace(CALM, steady=True)
    assert decide(moment=full).numbers["bar"] == 0.4
    assert decide(moment=steady).numbers["bar"] == pytest.approx(4.5 / 13.5, abs=1e-4)
    both = decide(moment=dataclasses.replace(full, steady=True))
    assert (both.numbers["bar"], both.numbers["gain"]) == (0.5, pytest.approx(0.6 * 6 - 0.4 * 9 + 0.6 * 3))


def test_need_at_the_moment_moves_p() -> None:
    calm, asking = (decide(moment=dataclasses.replace(CALM, need=need)).numbers for need in (0.2, 0.8))
    assert calm["p"] < 0.6 < asking["p"]
    assert asking["need"] == 0.8


def test_what_the_person_wants_no_more_of_is_not_offered() -> None:
    kind = earlier("dismissed", result={"scope": "kind"})
    assert decide(CANDIDATE, KNOWN, CALM, kind).reason == "you want no more of this kind (suggestion 9)"
    assert decide(dataclasses.replace(CANDIDATE, kind="collect"), KNOWN, CALM, kind).speak
    subject = earlier("dismissed", kind="collect", propositions=(1, 2), result={"scope": "subject"})
    assert decide(CANDIDATE, KNOWN, CALM, subject).reason == "you want nothing about this (suggestion 9)"


def test_exploring_is_rare_and_never_of_the_hopeless() -> None:
    def offered(p: float, explore: float) -> int:
        gate = Gate(Suggest(explore=explore), frozenset({"calendar"}), {})
        weak = [dataclasses.replace(CANDIDATE, p_useful=p, key=str(number)) for number in range(1000)]
        return sum(gate.decide(one, [KNOWN], CALM).speak for one in weak)

    assert 5 <= offered(0.2, 0.02) <= 40
    assert offered(0.2, 0.0) == 0
    assert offered(0.1, 0.1) == 0


def test_what_means_the_same_as_something_offered_is_left_out() -> None:
    def likeness(one: str, other: str) -> float:
        return 0.9 if "dentist" in other and "dental" in one else 0.1

    before = {"other": earlier("shown", title="Note: visit dental practice")}
    gate = Gate(Suggest(), frozenset({"calendar"}), before, likeness=likeness)
    same = dataclasses.replace(CANDIDATE, title="Note: appointment at dentist")
    assert gate.decide(same, [KNOWN], CALM).reason == "it means the same as suggestion 9"
    assert gate.decide(dataclasses.replace(CANDIDATE, title="Note: the harbour fee"), [KNOWN], CALM).speak
