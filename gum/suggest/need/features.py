"""The features of the estimate: of the last step, and how long ago the last question or trouble was."""

from __future__ import annotations

from collections.abc import Sequence

from gum.suggest.need.steps import Step

NAMES = ("seeks", "goal_fresh", "trouble", "results", "runs", "mechanical", "reads", "concrete", "stays")
# A question or a trouble fades by half with so many steps.
_HALF_LIFE = 2.0


def features(steps: Sequence[Step]) -> list[float]:
    """Return the features, in the order of `NAMES`, of steps in the order of time.  Raises ValueError without any."""
    if not steps:
        raise ValueError("There are no features of no steps.")
    last = steps[-1]
    return [
        float(last.seeks),
        _fresh(steps),
        float(last.trouble),
        float(last.results),
        float(last.runs),
        last.mechanical,
        float(last.reads),
        last.concrete,
        float(last.stays),
    ]


def _fresh(steps: Sequence[Step]) -> float:
    """Return 1 for a question or trouble in the last step, less the longer ago it was, 0 when there was none."""
    for age, step in enumerate(reversed(steps)):
        if step.seeks or step.trouble:
            return float(2.0 ** (-age / _HALF_LIFE))
    return 0.0
