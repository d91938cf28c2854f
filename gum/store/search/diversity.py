"""Diversity: maximal marginal relevance, so that one thing said five ways does not fill the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

_RELEVANCE = 0.8


def diverse(scores: Mapping[int, float], ids: Sequence[int], vectors: Matrix, limit: int) -> list[int]:
    """Return up to `limit` ids, each chosen for its score and for being unlike those before it.

    `ids` and `vectors` give unit vectors in the same order; an id without one counts as unlike all.
    """
    import numpy as np

    row = {id: at for at, id in enumerate(ids)}
    left = sorted(scores, key=lambda id: (-scores[id], id))
    best = max(scores.values(), default=0.0) or 1.0
    closeness = np.zeros(len(ids), np.float32)  # to the nearest of those chosen
    chosen: list[int] = []
    while left and len(chosen) < limit:
        id = max(left, key=lambda one: _RELEVANCE * scores[one] / best - (1 - _RELEVANCE) * _at(closeness, row, one))
        left.remove(id)
        chosen.append(id)
        if id in row:
            closeness = np.maximum(closeness, vectors @ vectors[row[id]])
    return chosen


def _at(closeness: Matrix, row: Mapping[int, int], id: int) -> float:
    return float(closeness[row[id]]) if id in row else 0.0
