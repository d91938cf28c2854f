"""The map from raw to shown probabilities, learned from the person's own verdicts.

logit(shown) = slope x logit(raw) + shift + shift of the kind

The numbers are fitted by penalised likelihood on the raw probability that each proposition had just before it was
judged.  Slope and shift are drawn towards the identity (1 and 0) as if `PRIOR_VERDICTS` verdicts had agreed with it,
the shift of each kind of proposition towards none as if `PRIOR_OF_KIND` had.  Below `FEWEST_VERDICTS` the map is the
identity.  The slope never falls below `LEAST_SLOPE`, so the map keeps the order of propositions of one kind.

The person is asked about what is uncertain, so their verdicts are not spread as propositions are.  Each verdict is
weighed by how many propositions it stands for: the share of propositions in its tenth of the probabilities over the
share of verdicts there, within `WEIGHTS`.

The map lifts nothing above the cap of the trust that carries it.  A cap is what we think a class of evidence is worth;
verdicts on what it held down tell what it is worth with this person, and raise it, as if `VERDICTS_OF_CAP` had agreed
with ours, up to `HIGHEST`.  The cap of untrusted text never moves.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gum.infer.confidence import CAPS
from gum.infer.odds import chance, logit
from gum.records import Trust, Verdict

FEWEST_VERDICTS = 30
PRIOR_VERDICTS = 10.0
PRIOR_OF_KIND = 4.0
LEAST_SLOPE = 0.2
VERDICTS_OF_CAP = 20.0
# How far verdicts can raise the cap of each class; the others stay.
HIGHEST: Mapping[Trust, float] = {
    Trust.TYPED: 0.98,
    Trust.SYSTEM: 0.98,
    Trust.DOCUMENT: 0.95,
    Trust.SCREEN: CAPS[Trust.DOCUMENT],
}
WEIGHTS = (0.25, 4.0)
OUTCOMES: Mapping[str, bool] = {"confirm": True, "reject": False, "never_infer": False}
_TENTHS = 10
_STEPS = 50

# The logit of a raw probability, whether it was true, for how many verdicts it counts, and the kind's number.
Point = tuple[float, float, float, int]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A map from raw to shown probabilities; the default is the identity.

    `kinds` holds the shift of each kind, `caps` the caps of classes of trust that verdicts have raised.
    """

    slope: float = 1.0
    shift: float = 0.0
    verdicts: int = 0
    kinds: Mapping[str, float] = field(default_factory=dict)
    caps: Mapping[str, float] = field(default_factory=dict)

    def shown(self, probability: float, kind: str, bound: Trust) -> float:
        """Return the probability to show for a raw one of a proposition of this kind, bounded by a class's cap."""
        return min(self.apply(probability, kind), self.caps.get(bound, CAPS[bound]))

    def apply(self, probability: float, kind: str = "") -> float:
        """Return what the map alone makes of a raw probability of a proposition of this kind."""
        shift = self.shift + self.kinds.get(kind, 0.0)
        if (self.slope, shift) == (1.0, 0.0) or not 0 < probability < 1:
            return probability
        return chance(self.slope * logit(_inside(probability)) + shift)


def fit(
    verdicts: Iterable[Verdict],
    population: Mapping[int, int] | None = None,
    kinds: Mapping[int, str] | None = None,
) -> Calibration:
    """Return the map fitted on the verdicts that say true or false.

    `population` counts the propositions of each tenth of raw probabilities, 0 to 9; without it every verdict counts
    once.  `kinds` names the kind of each proposition that was judged, by its id; the others share one map.
    """
    found = judged(verdicts)
    if len(found) < FEWEST_VERDICTS:
        return Calibration(verdicts=len(found))
    named = sorted({kinds[one.target_id] for one in found if one.target_id in kinds}) if kinds else []
    weights = _weights([tenth(_raw(one)) for one in found], population or {})
    points = [
        (logit(_inside(_raw(one))), float(OUTCOMES[one.verdict]), weight, _number(one, named, kinds))
        for one, weight in zip(found, weights, strict=True)
    ]
    slope, shift, *shifts = _fitted(points, len(named))
    free = Calibration(slope, shift, len(points), dict(zip(named, shifts, strict=True)))
    return dataclasses.replace(free, caps=_caps(found, free, kinds or {}))


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


def _caps(found: Sequence[Verdict], free: Calibration, kinds: Mapping[int, str]) -> dict[str, float]:
    """Return the caps that the verdicts have raised, by class: a mean of ours and of what was true at the cap."""
    held: dict[Trust, list[bool]] = defaultdict(list)
    for one in found:
        bound, uncapped = one.bound, free.apply(_raw(one), kinds.get(one.target_id, ""))
        if bound is not None and bound in HIGHEST and uncapped > CAPS[bound]:
            held[bound].append(OUTCOMES[one.verdict])
    raised = {
        bound: min(HIGHEST[bound], (CAPS[bound] * VERDICTS_OF_CAP + sum(true)) / (VERDICTS_OF_CAP + len(true)))
        for bound, true in held.items()
    }
    return {str(bound): cap for bound, cap in raised.items() if cap > CAPS[bound]}


def _weights(tenths: Sequence[int], population: Mapping[int, int]) -> list[float]:
    """Return for each verdict how many it counts for; they add up to their number."""
    total = sum(population.values())
    if not total:
        return [1.0] * len(tenths)
    among = Counter(tenths)
    least, most = WEIGHTS
    found = [min(most, max(least, population.get(n, 0) / total * len(tenths) / among[n])) for n in tenths]
    return [weight * len(found) / sum(found) for weight in found]


def _number(one: Verdict, named: Sequence[str], kinds: Mapping[int, str] | None) -> int:
    """Return the number of the kind of what was judged; one past the last where it is not known."""
    kind = (kinds or {}).get(one.target_id)
    return named.index(kind) if kind is not None else len(named)


def _fitted(points: Sequence[Point], kinds: int) -> list[float]:
    """Return slope, shift and the shift of each kind by Newton's steps on the penalised log loss."""
    import numpy as np

    design = np.zeros((len(points), 2 + kinds))
    for row, (x, _, _, kind) in enumerate(points):
        design[row, :2] = x, 1.0
        if kind < kinds:
            design[row, 2 + kind] = 1.0
    outcomes = np.array([outcome for _, outcome, _, _ in points])
    weights = np.array([weight for _, _, weight, _ in points])
    # A quarter is the weight of one verdict at even odds: the penalties count in verdicts.
    penalty = np.array([PRIOR_VERDICTS, PRIOR_VERDICTS] + [PRIOR_OF_KIND] * kinds) / 4
    identity = np.array([1.0] + [0.0] * (1 + kinds))
    found = identity.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weights * (p - outcomes)) + penalty * (found - identity)
        bend = (design.T * (weights * p * (1 - p))) @ design + np.diag(penalty)
        step = np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
        found = found - step
        found[0] = max(LEAST_SLOPE, found[0])
        if np.abs(step).sum() < 1e-9:
            break
    return [float(value) for value in found]


def _inside(p: float) -> float:
    return min(0.999, max(0.001, p))
