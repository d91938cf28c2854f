"""Probabilities and their log odds."""

from __future__ import annotations

import math


def logit(p: float) -> float:
    """Return the log odds of a probability strictly between 0 and 1."""
    return math.log(p / (1 - p))


def chance(logit: float) -> float:
    """Return the probability of log odds."""
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
