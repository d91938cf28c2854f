"""The map from raw to shown probabilities, learned from the person's own verdicts.

logit(shown) = slope x logit(raw) + shift

Both numbers are fitted by penalised likelihood on the raw probability that each proposition had just before it was
judged, drawn towards the identity (slope 1, shift 0) as if `PRIOR_VERDICTS` verdicts had agreed with it.  Below
`FEWEST_VERDICTS` the map is the identity.  The slope never falls below `LEAST_SLOPE`, so the map keeps the order of
propositions.

The person is asked about what is uncertain, so their verdicts are not spread as propositions are.  Each verdict is
weighed by how many propositions it stands for: the share of propositions in its tenth of the probabilities over the
share of verdicts there, within `WEIGHTS`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gum.records import Verdict

FEWEST_VERDICTS = 30
PRIOR_VERDICTS = 10.0
LEAST_SLOPE = 0.2
WEIGHTS = (0.25, 4.0)
OUTCOMES: Mapping[str, bool] = {"confirm": True, "reject": False, "never_infer": False}
_TENTHS = 10
_STEPS = 50

# The logit of a raw probability, whether it was true, and for how many verdicts it counts.
Point = tuple[float, float, float]


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


def fit(verdicts: Iterable[Verdict], population: Mapping[int, int] | None = None) -> Calibration:
    """Return the map fitted on the verdicts that say true or false.

    `population` counts the propositions of each tenth of raw probabilities, 0 to 9; without it every verdict counts
    once.
    """
    told = [(_raw(one), OUTCOMES[one.verdict]) for one in judged(verdicts)]
    if len(told) < FEWEST_VERDICTS:
        return Calibration(verdicts=len(told))
    weights = _weights([tenth(raw) for raw, _ in told], population or {})
    points = [(_logit(raw), float(true), weight) for (raw, true), weight in zip(told, weights, strict=True)]
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        down, across = _step(points, slope, shift)
        slope, shift = max(LEAST_SLOPE, slope - down), shift - across
        if abs(down) + abs(across) < 1e-9:
            break
    return Calibration(slope, shift, len(points))


def judged(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the last verdict on each proposition that says true or false, where it was not taken back."""
    by_target: dict[int, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        said = by_target[one.target_id]
        if one.target != "proposition":
            continue
        if one.verdict == "undo":
            del said[-1:]
        else:
            said.append(one)
    last = [
        [one for one in said if one.verdict in OUTCOMES and one.shown_probability is not None][-1:]
        for said in by_target.values()
    ]
    return [one for found in last for one in found]


def tenth(probability: float) -> int:
    """Return in which tenth of the probabilities it lies, 0 to 9."""
    return min(_TENTHS - 1, int(probability * _TENTHS))


def _raw(one: Verdict) -> float:
    """Return the probability before calibration; what was judged before that was kept had none in force."""
    return one.raw_probability if one.raw_probability is not None else one.shown_probability or 0.0


def _weights(tenths: Sequence[int], population: Mapping[int, int]) -> list[float]:
    """Return for each verdict how many it counts for; they add up to their number."""
    total = sum(population.values())
    if not total:
        return [1.0] * len(tenths)
    among = Counter(tenths)
    least, most = WEIGHTS
    found = [min(most, max(least, population.get(n, 0) / total * len(tenths) / among[n])) for n in tenths]
    return [weight * len(found) / sum(found) for weight in found]


def _step(points: Sequence[Point], slope: float, shift: float) -> tuple[float, float]:
    """Return Newton's step in slope and shift for the penalised log loss."""
    # A quarter is the weight of one verdict at even odds: the penalty counts in verdicts.
    penalty = PRIOR_VERDICTS / 4
    g_slope, g_shift = penalty * (slope - 1), penalty * shift
    h_slope, h_cross, h_shift = penalty, 0.0, penalty
    for x, outcome, weight in points:
        p = _sigmoid(slope * x + shift)
        error, spread = weight * (p - outcome), weight * p * (1 - p)
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
