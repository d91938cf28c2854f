"""Log odds: the way there and back, and no number too large for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.odds import chance, logit


@given(st.floats(0.001, 0.999))
def test_logit_and_chance_undo_each_other(p: float) -> None:
    assert chance(logit(p)) == pytest.approx(p)


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_higher_log_odds_are_never_less_likely(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= chance(low) <= chance(high) <= 1
