"""How well probabilities agree with what turned out: Brier score, expected calibration error, reliability bins.

Brier score (Brier 1950): the mean of (p - outcome)^2.  Expected calibration error (Naeini et al. 2015): over bins of
equal width, the distance between the mean probability and the share that was true, weighed by the bin's count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gum.infer.calibration import OUTCOMES, judged
from gum.records import Verdict

BINS = 10

# A probability, and whether it turned out true.
Told = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """What was said with a probability from `low` up to `high`: how often, on the mean, and how much of it was true."""

    low: float
    high: float
    count: int
    mean: float
    true: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The figures of a set of probabilities; `brier_base_rate` is the Brier score of always saying `base_rate`.

    Scores are 0 when nothing was told; empty bins are left out.
    """

    count: int
    brier: float
    ece: float
    base_rate: float
    brier_base_rate: float
    bins: tuple[Bin, ...]


def reliability(told: Iterable[Told], bins: int = BINS) -> Reliability:
    """Return how reliable the probabilities were."""
    said = list(told)
    base = _mean([float(true) for _, true in said])
    found = [_bin(n, bins, [one for one in said if min(bins - 1, int(one[0] * bins)) == n]) for n in range(bins)]
    kept = tuple(one for one in found if one.count)
    return Reliability(
        count=len(said),
        brier=_mean([(p - true) ** 2 for p, true in said]),
        ece=sum(one.count * abs(one.mean - one.true) for one in kept) / max(1, len(said)),
        base_rate=base,
        brier_base_rate=base * (1 - base),
        bins=kept,
    )


def shown(verdicts: Iterable[Verdict]) -> list[Told]:
    """Return what was shown before each verdict that stands, and whether the person called it true."""
    return [(one.shown_probability or 0.0, OUTCOMES[one.verdict]) for one in judged(verdicts)]


def uncalibrated(verdicts: Iterable[Verdict]) -> list[Told]:
    """Return the same before calibration, for the verdicts of which that was kept."""
    return [(one.raw_probability, OUTCOMES[one.verdict]) for one in judged(verdicts) if one.raw_probability is not None]


def _bin(number: int, of: int, said: Sequence[Told]) -> Bin:
    means = _mean([p for p, _ in said]), _mean([float(true) for _, true in said])
    return Bin(number / of, (number + 1) / of, len(said), *means)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
