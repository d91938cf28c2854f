"""Learning from answers: what each teaches, and how much."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time

import pytest

from gum.records import Candidate, Suggestion
from gum.suggest.feedback import scope_of
from gum.suggest.learning import features_of, learned
from gum.suggest.moment import Moment

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
AFTERNOON = Moment(NOW, time(15), typing=False, shown_last_minute=0, shown_today=0, context="editor")
EVENING = dataclasses.replace(AFTERNOON, local=time(20))
CANDIDATE = Candidate("collect", "A", "", "note", {}, (1,), 0.5, 5, 3, 3, "a")
FEATURES = features_of(CANDIDATE, AFTERNOON)


def answered(status: str, moment: Moment = AFTERNOON, kind: str = "collect", **result: object) -> Suggestion:
    features = features_of(dataclasses.replace(CANDIDATE, kind=kind), moment)
    return Suggestion(kind, "A", "", "note", {}, (1,), status, {"features": features}, "k", NOW, result=result)


def p(*earlier: Suggestion, kind: str = "collect", moment: Moment = AFTERNOON, stated: float = 0.5) -> float:
    asked = dataclasses.replace(CANDIDATE, kind=kind, p_useful=stated)
    return learned(earlier).p_useful(features_of(asked, moment))


def test_without_answers_p_is_what_the_suggester_states() -> None:
    assert p(stated=0.37) == pytest.approx(0.37)


def test_ten_answers_of_a_kind_move_it_far_and_other_kinds_little() -> None:
    dismissed = [answered("dismissed")] * 10
    assert p(*dismissed) < 0.15
    assert p(*dismissed, kind="rest", moment=EVENING) > 0.2
    assert p(*[answered("accepted")] * 10) > 0.85


def test_the_time_of_day_is_learned_beside_the_kind() -> None:
    told = [answered("accepted")] * 6 + [answered("dismissed", EVENING)] * 6
    assert p(*told) > 0.7
    assert p(*told, moment=EVENING) < 0.35


def test_signs_count_less_than_words() -> None:
    ignored = answered("expired", reason="not answered")
    order = [answered("dismissed"), answered("undone"), ignored, answered("snoozed")]
    chances = [p(one) for one in order]
    assert chances == sorted(chances)
    assert chances[-1] < 0.5
    assert p(answered("accepted", used=True)) > p(answered("accepted")) > 0.5


def test_what_was_withdrawn_or_never_shown_teaches_nothing() -> None:
    assert learned([answered("expired", reason="what it rests on no longer holds"), answered("silent")]).answers == 0


def test_not_at_this_time_says_nothing_against_the_kind_at_another() -> None:
    told = [answered("dismissed", scope="time")] * 5
    assert p(*told) < 0.3
    assert p(*told, moment=dataclasses.replace(EVENING, context="browser")) == pytest.approx(0.5)


def test_not_about_this_says_little_of_the_kind() -> None:
    assert p(answered("dismissed")) < p(answered("dismissed", scope="subject")) < 0.5


def test_weights_can_be_read() -> None:
    weights = learned([answered("dismissed")]).weights
    assert set(FEATURES) == set(weights)
    assert weights["kind collect"] < weights["all"] < 0


@pytest.mark.parametrize(
    ("reason", "scope"),
    [
        ("not this kind", "kind"),
        ("Please never suggest this again", "kind"),
        ("not about this", "subject"),
        ("nothing about that, please", "subject"),
        ("not now", "time"),
        ("bad moment", "time"),
        ("Not at this time", "time"),
        ("it was wrong", ""),
        ("", ""),
    ],
)
def test_reasons_say_what_they_speak_of(reason: str, scope: str) -> None:
    assert scope_of(reason) == scope
