"""Bayesian logistic regression with normal priors: the mode of the posterior by Newton's method.

For few weights and tens of answers (MacKay 1992, "The evidence framework applied to classification networks").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STEPS = 25
_STILL = 1e-8
_LARGEST_STEP = 5.0


def fit(
    rows: Sequence[Sequence[float]],
    answers: Sequence[float],
    prior: Sequence[float],
    precision: Sequence[float],
    counts: Sequence[float] | None = None,
) -> list[float]:
    """Return the most probable weights.

    `answers` are 1 for yes and 0 for no, `counts` how much each of them counts (1 when not given).  `prior` holds the
    weights' means before any answer, `precision` one over their variances.
    """
    import numpy as np

    mean, stiff = np.asarray(prior, float), np.asarray(precision, float)
    if not len(rows):
        return [float(one) for one in mean]
    x, y = np.asarray(rows, float), np.asarray(answers, float)
    n = np.ones(len(y)) if counts is None else np.asarray(counts, float)
    w = mean.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (n * (p - y)) + stiff * (w - mean)
        curve = (x * (n * p * (1 - p))[:, None]).T @ x + np.diag(stiff)
        step = np.clip(np.linalg.solve(curve, slope), -_LARGEST_STEP, _LARGEST_STEP)
        w -= step
        if float(np.abs(step).max()) < _STILL:
            break
    return [float(one) for one in w]
