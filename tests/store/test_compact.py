"""Vectors in memory: as near as in full precision, under any changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum.store.compact import Compact


def _unit(count: int, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_the_nearest_are_those_of_full_precision() -> None:
    vectors = _unit(2000)
    compact = Compact(32)
    compact.put(range(100, 2100), vectors)
    exact = vectors @ vectors[7]
    found = compact.nearest(vectors[7], 20)
    assert found[0][0] == 107
    for id, cosine in found:
        assert cosine == pytest.approx(exact[id - 100], abs=5e-3)
    assert min(cosine for _, cosine in found) >= np.sort(exact)[-20] - 1e-2


def test_equal_vectors_come_by_id_and_only_those_asked_for_are_compared() -> None:
    compact = Compact(32)
    compact.put([5, 3, 9, 1], np.repeat(_unit(1), 4, axis=0))
    assert [id for id, _ in compact.nearest(_unit(1)[0], 3)] == [1, 3, 5]
    assert [id for id, _ in compact.nearest(_unit(1)[0], 9, {9, 5, 77})] == [5, 9]
    assert compact.nearest(_unit(1)[0], 0) == compact.nearest(_unit(1)[0], 3, set()) == []


def test_an_id_without_a_vector_is_far_from_all() -> None:
    compact = Compact(32)
    compact.put([1], _unit(1))
    assert compact.cosines(_unit(1)[0], [2, 1]) == {2: 0, 1: pytest.approx(1, abs=1e-3)}
    assert not compact.of([2]).any()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 12)), max_size=40))
def test_any_order_of_changes_leaves_what_was_put_last(changes: list[tuple[bool, int]]) -> None:
    compact, kept = Compact(32), dict[int, int]()
    for seed, (put, id) in enumerate(changes):
        if put:
            compact.put([id], _unit(1, seed))
            kept[id] = seed
        else:
            compact.remove([id])
            kept.pop(id, None)
    assert len(compact) == len(kept)
    for id, seed in kept.items():
        assert compact.cosines(_unit(1, seed)[0], [id])[id] == pytest.approx(1, abs=1e-3)
    assert {id for id, _ in compact.nearest(_unit(1)[0], 20)} == set(kept)


def test_what_was_removed_is_wiped() -> None:
    compact = Compact(32)
    compact.put([1, 2], _unit(2))
    compact.remove([1, 2])
    assert not compact._steps.any()
    assert not compact._ids.any()
