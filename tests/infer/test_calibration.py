"""Calibration: identity until there are enough verdicts, then shrunken and order-keeping."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.calibration import FEWEST_VERDICTS, LEAST_SLOPE, Calibration, fit
from gum.infer.rescore import in_force, rescore
from gum.records import Claim, Trust, Verdict
from tests.infer.life import START, Life, draft


def verdict(shown: float, true: bool, target: int = 1, raw: float | None = None) -> Verdict:
    return Verdict("proposition", target, "confirm" if true else "reject", "", START, shown, raw)


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
