"""Fusion: one relevance from two arms, and priors that only nudge."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gum.store.search.fusion import fuse, prior
from tests.store.conftest import START

DAY = timedelta(days=1)


@given(st.floats(0, 1), st.integers(-400, 4000))
def test_priors_stay_mild(probability: float, days: int) -> None:
    assert 0.85 <= prior(probability, START, START + days * DAY) <= 1.15
    assert 0.85 <= prior(probability, START, None) <= 1.15


@given(
    st.dictionaries(st.integers(1, 30), st.floats(0, 40), max_size=20),
    st.dictionaries(st.integers(1, 30), st.floats(-1, 1), max_size=20),
    st.integers(0, 100_000),
)
def test_a_relevance_is_between_0_and_1(bm25: dict[int, float], cosines: dict[int, float], size: int) -> None:
    every = {id: cosines.get(id, 0.0) for id in {*bm25, *cosines}}
    for scores in (fuse(bm25, every, size), fuse(bm25, None, size)):
        assert all(0 <= score <= 1 for score in scores.values())


def test_a_hit_by_words_counts_by_how_far_it_stands_out() -> None:
    cosines = dict.fromkeys(range(10), 0.3)
    level = fuse(dict.fromkeys(range(10), 5.0), cosines, 1000)
    assert len(set(level.values())) == 1
    standing_out = fuse({0: 9.0, 1: 5.0, 2: 5.0}, cosines, 1000)
    assert standing_out[0] > standing_out[1] > standing_out[3]
