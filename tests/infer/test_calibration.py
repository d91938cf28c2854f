"""Calibration: identity until there are enough verdicts, then shrunken and order-keeping."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.calibration import FEWEST_VERDICTS, HIGHEST, LEAST_SLOPE, Calibration, fit
from gum.infer.confidence import CAPS
from gum.infer.rescore import in_force, rescore
from gum.records import Claim, Trust, Verdict
from tests.infer.life import START, Life, draft


def verdict(shown: float, true: bool, target: int = 1, raw: float | None = None, bound: Trust | None = None) -> Verdict:
    return Verdict("proposition", target, "confirm" if true else "reject", "", START, shown, raw, bound=bound)


def underconfident(count: int) -> list[Verdict]:
    """Verdicts of a person for whom everything is more often true than was shown."""
    chance = random.Random(7)
    made = []
    for number in range(count):
        truth = chance.random()
        made.append(verdict(max(0.02, truth * 0.7), chance.random() < truth, number))
    return made


def test_few_verdicts_change_nothing() -> None:
    found = fit(underconfident(FEWEST_VERDICTS - 1))
    assert (found.slope, found.shift) == (1.0, 0.0)
    assert found.apply(0.3) == 0.3


def test_the_map_lowers_the_squared_error_on_verdicts_it_has_not_seen() -> None:
    said = underconfident(400)
    found = fit(said[:200])

    def brier(calibration: Calibration) -> float:
        pairs = [(calibration.apply(one.shown_probability or 0), one.verdict == "confirm") for one in said[200:]]
        return sum((p - true) ** 2 for p, true in pairs) / len(pairs)

    assert brier(found) < brier(Calibration()) - 0.01


def test_few_more_verdicts_than_the_fewest_move_the_map_little() -> None:
    all_true = [verdict(0.5, True, number) for number in range(FEWEST_VERDICTS)]
    assert 0.6 < fit(all_true).apply(0.5) < 0.95


def test_the_map_starts_from_the_raw_probability_and_so_does_not_chase_itself() -> None:
    first = fit(underconfident(200))
    again = [
        verdict(first.apply(one.shown_probability or 0), one.verdict == "confirm", one.target_id, one.shown_probability)
        for one in underconfident(200)
    ]
    assert fit(again) == first


def test_verdicts_on_what_is_uncertain_are_weighed_by_how_many_propositions_they_stand_for() -> None:
    asked = [verdict(0.45, number % 2 == 0, number) for number in range(50)]
    free = [verdict(0.85, True, 100 + number) for number in range(10)]
    plain, weighed = fit(asked + free), fit(asked + free, {4: 10, 8: 90})
    assert weighed.apply(0.85) > plain.apply(0.85)
    assert fit(asked + free, {4: 50, 8: 10}).apply(0.85) == pytest.approx(plain.apply(0.85))


def test_only_the_last_verdict_on_a_proposition_counts() -> None:
    assert fit([verdict(0.5, n % 2 == 0, 7) for n in range(40)]).verdicts == 1


def test_a_verdict_that_was_taken_back_does_not_count() -> None:
    said = underconfident(60)
    undone = [one for first in said[:40] for one in (first, Verdict("proposition", first.target_id, "undo", "", START))]
    assert fit(undone + said[40:]).verdicts == 20


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=30, max_size=80))
def test_the_map_keeps_the_order_and_stays_a_probability(answers: list[tuple[float, bool]]) -> None:
    found = fit(verdict(shown, true, number) for number, (shown, true) in enumerate(answers))
    assert found.slope >= LEAST_SLOPE
    shown = [found.apply(p / 20) for p in range(21)]
    assert shown == sorted(shown)
    assert all(0 <= p <= 1 for p in shown)


def test_calibration_never_lifts_above_the_cap_of_the_trust(life: Life) -> None:
    claim = Claim("researches", "herons")
    for day in range(4):
        episode = life.look("news", day, text="herons", trust=Trust.UNTRUSTED)
        life.infer(episode, draft("The user reads on herons.", claim=claim, strength=10))
    for number in range(60):
        life.store.verdicts.add(verdict(0.4, True, 1000 + number))
    rescore(life.store, life.clock[0])
    assert life.only().probability == pytest.approx(0.4)
    assert life.only().raw_probability <= 0.4
    assert in_force(life.store).verdicts == 60


@pytest.mark.parametrize("trust", HIGHEST)
def test_what_verdicts_show_a_class_to_be_worth_raises_its_cap_up_to_a_limit(trust: Trust) -> None:
    def cap(count: int) -> float:
        said = [verdict(CAPS[trust], True, number, bound=trust) for number in range(count)]
        return fit(said).shown(CAPS[trust], "", trust)

    assert cap(FEWEST_VERDICTS - 1) == CAPS[trust]
    assert CAPS[trust] < cap(40) <= cap(4000) == HIGHEST[trust] < CAPS[Trust.STATED]


def test_a_cap_is_raised_by_its_own_class_alone_and_lowered_by_none() -> None:
    wrong = [verdict(0.95, number % 3 == 0, number, bound=Trust.TYPED) for number in range(60)]
    right = [verdict(0.7, True, 100 + number, bound=Trust.SCREEN) for number in range(60)]
    found = fit(wrong + right)
    assert set(found.caps) == {Trust.SCREEN}


@given(
    st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans(), st.sampled_from(Trust)), min_size=30, max_size=90),
    st.floats(0, 1),
)
def test_no_verdicts_lift_untrusted_text_or_anything_to_certainty(
    answers: list[tuple[float, bool, Trust]], raw: float
) -> None:
    found = fit(verdict(shown, true, number, bound=trust) for number, (shown, true, trust) in enumerate(answers))
    assert found.shown(raw, "", Trust.UNTRUSTED) <= CAPS[Trust.UNTRUSTED]
    assert all(found.shown(raw, "", trust) <= max(CAPS[trust], HIGHEST.get(trust, 0)) for trust in Trust)


def test_a_verdict_keeps_the_class_that_bounded_what_was_judged(life: Life) -> None:
    claim = Claim("researches", "herons")
    life.infer(life.look("news", 0, text="herons", trust=Trust.SCREEN), draft("The user reads on herons.", claim=claim))
    life.review.confirm(life.only().id)
    (said,) = life.store.verdicts.list("proposition")
    assert said.bound is Trust.SCREEN
