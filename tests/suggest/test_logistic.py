"""The logistic model: priors hold without answers, and give way to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.odds import chance
from gum.suggest.logistic import fit


def test_without_answers_the_prior_stands() -> None:
    assert fit([], [], [0.3, 1.0], [4.0, 4.0]) == [0.3, 1.0]


def test_more_answers_move_further_from_the_prior() -> None:
    weights = [fit([[1.0]] * count, [0.0] * count, [1.0], [1.0])[0] for count in (0, 1, 5, 20)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < -0.5


def test_a_stiff_prior_yields_less() -> None:
    soft, stiff = (fit([[1.0]] * 5, [0.0] * 5, [0.0], [precision])[0] for precision in (0.5, 10.0))
    assert soft < stiff < 0


def test_at_the_mode_the_slope_is_zero() -> None:
    rows, answers, counts = [[1.0, 0.2], [1.0, 0.9], [1.0, 0.4]], [1.0, 0.0, 1.0], [1.0, 0.2, 0.5]
    weights = fit(rows, answers, [0.1, -0.2], [1.0, 2.0], counts)
    for place, (prior, precision) in enumerate([(0.1, 1.0), (-0.2, 2.0)]):
        told = sum(
            count * (chance(sum(w * x for w, x in zip(weights, row, strict=True))) - answer) * row[place]
            for row, answer, count in zip(rows, answers, counts, strict=True)
        )
        assert told + precision * (weights[place] - prior) == pytest.approx(0, abs=1e-6)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=40))
def test_any_answers_give_finite_weights(answers: list[tuple[bool, float]]) -> None:
    weights = fit([[1.0, x] for _, x in answers], [float(y) for y, _ in answers], [0, 0], [0.5, 0.5])
    assert all(abs(weight) < 50 for weight in weights)
