"""How well probabilities agree with what turned out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.reliability import reliability, shown, uncalibrated
from gum.records import Verdict
from tests.infer.life import START


def test_nothing_told_has_no_error() -> None:
    found = reliability([])
    assert (found.count, found.brier, found.ece, found.bins) == (0, 0.0, 0.0, ())


def test_what_comes_true_as_often_as_was_said_has_no_calibration_error() -> None:
    found = reliability([(0.75, True)] * 3 + [(0.75, False)])
    assert found.ece == pytest.approx(0)
    assert found.brier == found.brier_base_rate == pytest.approx(0.1875)


def test_a_known_case() -> None:
    found = reliability([(0.9, True), (0.9, False), (0.2, False), (1.0, True)])
    assert found.brier == pytest.approx((0.01 + 0.81 + 0.04 + 0.0) / 4)
    assert [(one.low, one.count, one.true) for one in found.bins] == [(0.2, 1, 0.0), (0.9, 3, pytest.approx(2 / 3))]
    assert found.ece == pytest.approx((0.2 + 3 * (2.8 / 3 - 2 / 3)) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_scores_are_within_their_bounds(told: list[tuple[float, bool]]) -> None:
    found = reliability(told)
    assert 0 <= found.brier <= 1
    assert 0 <= found.ece <= 1 + 1e-9
    assert sum(one.count for one in found.bins) == found.count == len(told)


def test_a_verdict_counts_with_what_was_shown_and_what_lay_beneath_until_it_is_taken_back() -> None:
    said = [
        Verdict("proposition", 1, "confirm", "", START, 0.8, 0.6),
        Verdict("proposition", 2, "reject", "", START, 0.3, None),
        Verdict("proposition", 3, "reject", "", START, 0.9, 0.9),
        Verdict("proposition", 3, "undo", "", START),
        Verdict("proposition", 4, "edit", "", START, 0.5, 0.5),
    ]
    assert shown(said) == [(0.8, True), (0.3, False)]
    assert uncalibrated(said) == [(0.6, True)]
