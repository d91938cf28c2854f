"""The estimate itself: a logistic model with strong priors, fitted on labelled traces of other people.

The weights and the rows that they were fitted on are kept in `need.json`, with where they come from.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from gum.infer.odds import chance
from gum.suggest.logistic import fit
from gum.suggest.need.features import NAMES, features
from gum.suggest.need.steps import Step

PRECISION = 1.0
_PRECISION_OF_BIAS = 0.1
# The share of moments without need in which speaking would be a false alarm, on the traces that it was fitted on.
FALSE_ALARMS = 0.3


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled moment of a trace; `trace` tells the traces apart."""

    trace: str
    features: tuple[float, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Need:
    """P(the person could do with help): weights of the features, the first for the bias; the bar for speaking.

    `usual` is the share of moments with need among those it was fitted on.
    """

    weights: tuple[float, ...]
    bar: float
    usual: float

    def of(self, steps: Sequence[Step]) -> float:
        """Return the probability after these steps; what is usual when there are none."""
        return self.of_features(features(steps)) if steps else self.usual

    def of_features(self, values: Sequence[float]) -> float:
        """Return the probability for the features in the order of `NAMES`."""
        terms = zip(self.weights, (1.0, *values), strict=True)
        return chance(sum(weight * value for weight, value in terms))

    def named(self) -> dict[str, float]:
        """Return the weights by name, for a person to look at."""
        return {name: round(weight, 3) for name, weight in zip(("bias", *NAMES), self.weights, strict=True)}


def fitted(rows: Sequence[Row]) -> Need:
    """Return the estimate fitted on rows of two traces or more.

    The bar is where the share of false alarms is `FALSE_ALARMS` when each trace is judged by the others.
    """
    return Need(_weights(rows), _bar(rows), sum(row.needed for row in rows) / len(rows))


@functools.cache
def shipped() -> Need:
    """Return the estimate that comes with the program."""
    kept = _kept()
    return Need(tuple(kept["weights"].values()), kept["bar"], kept["usual"])


@functools.cache
def shipped_rows() -> tuple[Row, ...]:
    """Return the rows that the estimate of the program was fitted on."""
    return tuple(
        Row(trace, tuple(values), bool(needed)) for trace, rows in _kept()["rows"].items() for needed, *values in rows
    )


def _kept() -> Any:
    return json.loads(files("gum.suggest.need").joinpath("need.json").read_text(encoding="utf-8"))


def _weights(rows: Sequence[Row]) -> tuple[float, ...]:
    size = len(NAMES)
    return tuple(
        fit(
            [(1.0, *row.features) for row in rows],
            [float(row.needed) for row in rows],
            [0.0] * (size + 1),
            [_PRECISION_OF_BIAS, *[PRECISION] * size],
        )
    )


def _bar(rows: Sequence[Row]) -> float:
    quiet = []
    for trace in {row.trace: None for row in rows}:
        others = [row for row in rows if row.trace != trace]
        judge = Need(_weights(others), 0.5, 0.5)
        quiet += [judge.of_features(row.features) for row in rows if row.trace == trace and not row.needed]
    if not quiet:
        return 0.5
    quiet.sort()
    return quiet[min(len(quiet) - 1, int(len(quiet) * (1 - FALSE_ALARMS)))]
