"""Diversity: nothing is lost, nothing comes twice, and equal ones come by id."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gum.store.search.diversity import best, diverse


@given(st.dictionaries(st.integers(1, 20), st.floats(0, 1), max_size=15), st.integers(0, 20))
def test_diversity_loses_and_repeats_nothing(scores: dict[int, float], limit: int) -> None:
    chosen = diverse(scores, lambda ids: np.eye(21, dtype=np.float32)[list(ids)], limit)
    assert len(chosen) == len(set(chosen)) == min(limit, len(scores))
    assert set(chosen) <= set(scores)
    if scores and limit:
        assert chosen[0] == best(scores, 1)[0]


def test_the_like_come_after_the_unlike() -> None:
    vectors = {1: [1.0, 0.0], 2: [1.0, 0.0], 3: [0.0, 1.0]}
    scores = {1: 0.9, 2: 0.9, 3: 0.8}
    assert diverse(scores, lambda ids: np.array([vectors[id] for id in ids], np.float32), 3) == [1, 3, 2]


def test_equal_ones_come_by_id() -> None:
    scores = {3: 0.5, 1: 0.5, 2: 0.5}
    assert best(scores, 2) == [1, 2]
    assert diverse(scores, lambda ids: np.zeros((len(ids), 0), np.float32), 3) == [1, 2, 3]
