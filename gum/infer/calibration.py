"""The map from raw to shown probabilities, learned from the person's own verdicts.

logit(shown) = slope x logit(raw) + shift

Both numbers are fitted by penalised likelihood, drawn towards the identity (slope 1, shift 0) as if
`PRIOR_VERDICTS` verdicts had agreed with it.  Below `FEWEST_VERDICTS` the map is the identity.  The slope
never falls below `LEAST_SLOPE`, so the map keeps the order of propositions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gum.records import Verdict

FEWEST_VERDICTS = 30
PRIOR_VERDICTS = 10.0
LEAST_SLOPE = 0.2
_STEPS = 50
_OUTCOMES = {"confirm": 1.0, "reject": 0.0, "never_infer": 0.0}


@dataclass(frozen=True, slots=True)
class Calibration:
    """A map from raw to shown probabilities; the default is the identity."""

    slope: float = 1.0
    shift: float = 0.0
    verdicts: int = 0

    def apply(self, probability: float) -> float:
        """Return the probability to show for a raw one."""
        if (self.slope, self.shift) == (1.0, 0.0) or not 0 < probability < 1:
            return probability
        return _sigmoid(self.slope * _logit(probability) + self.shift)


def fit(verdicts: Iterable[Verdict]) -> Calibration:
    """Return the map fitted on verdicts that say true or false, by the probability shown before each."""
    points = [
        (_logit(one.shown_probability), _OUTCOMES[one.verdict])
        for one in _standing(verdicts)
        if one.verdict in _OUTCOMES and one.shown_probability is not None
    ]
    if len(points) < FEWEST_VERDICTS:
        return Calibration(verdicts=len(points))
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        down, across = _step(points, slope, shift)
        slope, shift = max(LEAST_SLOPE, slope - down), shift - across
        if abs(down) + abs(across) < 1e-9:
            break
    return Calibration(slope, shift, len(points))


def _standing(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the verdicts on propositions that were not taken back."""
    by_target: dict[int, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        said = by_target[one.target_id]
        if one.target != "proposition":
            continue
        if one.verdict == "undo":
            del said[-1:]
        else:
            said.append(one)
    return [one for said in by_target.values() for one in said]


def _step(points: list[tuple[float, float]], slope: float, shift: float) -> tuple[float, float]:
    """Return Newton's step in slope and shift for the penalised log loss."""
    # A quarter is the weight of one verdict at even odds: the penalty counts in verdicts.
    penalty = PRIOR_VERDICTS / 4
    g_slope, g_shift = penalty * (slope - 1), penalty * shift
    h_slope, h_cross, h_shift = penalty, 0.0, penalty
    for x, outcome in points:
        p = _sigmoid(slope * x + shift)
        error, spread = p - outcome, p * (1 - p)
        g_slope, g_shift = g_slope + error * x, g_shift + error
        h_slope, h_cross, h_shift = h_slope + spread * x * x, h_cross + spread * x, h_shift + spread
    determinant = h_slope * h_shift - h_cross * h_cross
    down = (h_shift * g_slope - h_cross * g_shift) / determinant
    across = (h_slope * g_shift - h_cross * g_slope) / determinant
    return max(-1.0, min(1.0, down)), max(-1.0, min(1.0, across))


def _logit(p: float) -> float:
    inside = min(0.999, max(0.001, p))
    return math.log(inside / (1 - inside))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
