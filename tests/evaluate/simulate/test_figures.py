"""Figures from what was shown: each by a small case that can be reckoned by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gum.errors import NotFoundError
from gum.evaluate.simulate.figures import calibrated, figures, verdicts_of
from gum.evaluate.simulate.generator import HELD_OUT_FROM, Fact
from gum.evaluate.simulate.living import Lived, Stated
from gum.evaluate.simulate.study import ABLATIONS, DEVELOPMENT, VERDICTS, Plan
from gum.infer.calibration import Calibration
from gum.records import Trust

AT = datetime(2025, 3, 3, tzinfo=UTC)


def stated(number: int, raw: float, right: bool, trust: Trust = Trust.SCREEN) -> Stated:
    return Stated(
        1, number, "works_on", f"p{number}", raw, trust, "activity", AT, right, (), "" if right else "no fact", ""
    )


def fact(name: str, shown: int, planted: bool = True) -> Fact:
    return Fact(name, "works_on", (name,), (), AT, None, shown, planted)


def person(shown: list[Stated], found: set[str] = frozenset(), repeated: int = 0) -> Lived:  # type: ignore[assignment]
    facts = (fact("a", 3), fact("b", 5), fact("c", 1), fact("letter", 4, planted=False))
    lives = ("office", "baking")
    here = tuple(shown)
    return Lived(1, lives, 1, facts, here, here, frozenset(found), frozenset(), repeated, 9, 100, 10, 0.6, 1.0)


def test_precision_recall_and_what_is_missed() -> None:
    made = figures([person([stated(1, 0.9, True), stated(2, 0.9, True), stated(3, 0.3, False)], {"a", "c"}, 1)], [])
    assert made["precision"] == pytest.approx(2 / 3)
    assert made["recall"] == pytest.approx(1 / 2)
    assert made["recall_all"] == pytest.approx(2 / 3)
    assert made["held"]["precision"] == 1.0
    assert made["repeated"] == pytest.approx(1 / 3)
    assert [(one["name"], one["supportable"]) for one in made["missed"]] == [("b", True)]
    assert [one["text"] for one in made["wrong"]] == ["p3"]


def test_the_map_and_the_base_rate_come_from_the_others() -> None:
    others = [person([stated(n, 0.9, n % 4 != 0) for n in range(80)])]
    measured = [person([stated(n, 0.9, n % 4 != 0) for n in range(40)])]
    made = figures(measured, others)
    assert made["base_rate"] == pytest.approx(0.75)
    assert made["calibration"]["verdicts"] == 80
    assert made["brier"]["base_rate"] == pytest.approx(0.1875)
    assert made["brier"]["uncalibrated"] == pytest.approx(0.75 * 0.01 + 0.25 * 0.81)
    assert made["brier"]["calibrated"] < made["brier"]["uncalibrated"]
    assert made["ece"] < made["ece_uncalibrated"] == pytest.approx(0.15)


def test_calibration_lifts_nothing_above_the_cap_of_its_trust() -> None:
    up = Calibration(slope=1.0, shift=3.0, verdicts=50)
    assert calibrated(up, stated(1, 0.3, True, Trust.UNTRUSTED)) == pytest.approx(0.4)
    assert calibrated(up, stated(1, 0.3, True, Trust.SYSTEM)) > 0.8


def test_every_verdict_stands_for_itself() -> None:
    verdicts = verdicts_of([person([stated(1, 0.6, True)]), person([stated(1, 0.4, False)])])
    assert [(one.target_id, one.verdict, one.raw_probability) for one in verdicts] == [
        (1, "confirm", 0.6),
        (2, "reject", 0.4),
    ]


def test_the_sets_of_people_never_meet() -> None:
    plan = Plan(seed=HELD_OUT_FROM, people=3, ablations=True)
    assert plan.held_out
    assert not Plan().held_out
    assert not set(plan.seeds()) & (set(DEVELOPMENT) | set(VERDICTS))
    assert len(plan.parts()) == 3 * (2 + len(ABLATIONS))


@pytest.mark.parametrize("seed", [-1, 98, 300, 500, HELD_OUT_FROM + 1000])
def test_seeds_of_no_set_are_refused(seed: int) -> None:
    with pytest.raises(NotFoundError, match="are of no set"):
        Plan(seed=seed).seeds()
