"""Diversity: maximal marginal relevance, so that one thing said five ways does not fill the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

_RELEVANCE = 0.8


def best(scores: Mapping[int, float], limit: int) -> list[int]:
    """Return the `limit` ids of the highest scores, equal ones by id."""
    return sorted(scores, key=lambda id: (-scores[id], id))[:limit]


def diverse(scores: Mapping[int, float], vectors: Callable[[Sequence[int]], Matrix], limit: int) -> list[int]:
    """Return up to `limit` ids, each chosen for its score and for being unlike those before it.

    `vectors` gives a unit vector for each id; one of zeros is unlike all.
    """
    import numpy as np

    ids = best(scores, len(scores))
    if len(ids) < 2:
        return ids[:limit]
    matrix = vectors(ids)
    relevance = np.array([scores[id] for id in ids]) / (scores[ids[0]] or 1.0)
    closeness = np.zeros(len(ids))  # to the nearest of those chosen
    left = np.ones(len(ids), bool)
    chosen: list[int] = []
    while len(chosen) < min(limit, len(ids)):
        worth = np.where(left, _RELEVANCE * relevance - (1 - _RELEVANCE) * closeness, -np.inf)
        at = int(np.argmax(worth))  # the first of equal ones
        left[at] = False
        chosen.append(ids[at])
        if matrix.size:
            closeness = np.maximum(closeness, matrix @ matrix[at])
    return chosen
