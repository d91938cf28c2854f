"""Fusion of the two arms into one relevance from 0 to 1, and the mild priors on it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from datetime import datetime

# Rank fusion throws away by how much a hit stands out; these keep it.  Chosen on 50 paraphrases and 50 identifiers
# among 400 and 3,000 propositions, and on five long dialogues (docs/benchmarks.md), where they lie on a plateau: the
# cube lets a hit by ordinary words count little, one by a rare word fully.
_WORDS_WEIGHT = 0.8
_WORDS_SCALE = 1.5
_WORDS_SHARPNESS = 3
_PROBABILITY_SWAY = 0.09
_RECENCY_SWAY = 0.05
_HALF_LIFE_DAYS = 60.0
_LEAST_UNIT = 0.5


def fuse(bm25: Mapping[int, float], cosines: Mapping[int, float] | None, size: int) -> dict[int, float]:
    """Return a relevance from 0 to 1 for every candidate.

    `bm25` holds the strengths of the hits by words (higher is better), `cosines` that of every candidate, None when
    there are no vectors; `size` is how many propositions there are.  A word hit counts by how far it stands out from
    the typical candidate of the query, in units of what a word that occurs once would bring.
    """
    unit = max(_LEAST_UNIT, math.log((size + 0.5) / 1.5))
    if cosines is None:
        return {id: 1 - math.exp(-strength / unit) for id, strength in bm25.items()}
    typical = statistics.median(bm25.get(id, 0.0) for id in cosines) if cosines else 0.0
    return {
        id: (max(0.0, cosine) + _WORDS_WEIGHT * _standing_out((bm25.get(id, 0.0) - typical) / unit))
        / (1 + _WORDS_WEIGHT)
        for id, cosine in cosines.items()
    }


def prior(probability: float, last_supported: datetime, now: datetime | None) -> float:
    """Return the factor, within 0.85 and 1.15, for how probable and (unless `now` is None) how recent it is."""
    factor = 1 + _PROBABILITY_SWAY * (2 * probability - 1)
    if now is not None:
        days = max(0.0, (now - last_supported).total_seconds() / 86400)
        factor *= 1 + _RECENCY_SWAY * (2 * 0.5 ** (days / _HALF_LIFE_DAYS) - 1)
    return factor


def _standing_out(strength: float) -> float:
    return 1 - math.exp(-((max(0.0, strength) / _WORDS_SCALE) ** _WORDS_SHARPNESS))
