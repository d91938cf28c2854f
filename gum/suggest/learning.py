"""P(useful) as the person's answers teach it: a small logistic model whose weights have names.

The suggester's own probability comes in as its logit with a weight of 1, and the need for help as its logit over what
is usual; the person's answers then move a weight for the kind, the part of the day, the application in front, and the
kind in each of these.  All start at 0 with a normal prior, wide enough that a few answers in like circumstances
count for more than what the suggester states, and answers in others for little.

An acceptance counts as one yes, and more when the person worked on with what was made; a dismissal as one no, an
undone acceptance as half a no, one left to expire as a fifth, one put off as a tenth.  A dismissal that says "not at
this time" speaks of the time and the application alone, one that says "not about this" hardly of the kind.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gum.infer.odds import chance, logit
from gum.records import Candidate, Suggestion
from gum.suggest.logistic import fit
from gum.suggest.moment import Moment
from gum.suggest.need.estimate import shipped

NOT_ANSWERED = "not answered"
_YES = {"accepted": 1.0}
_NO = {"dismissed": 1.0, "undone": 0.5, "expired": 0.2, "snoozed": 0.1}
_USED = 0.5
_NOT_ABOUT_THIS = 0.3
# What a weight is before any answer: its mean and its standard deviation, by the first word of its name.
_PRIORS = {
    "stated": (1.0, 0.25),
    "need": (0.3, 0.25),
    "all": (0.0, 0.7),
    "kind": (0.0, 1.3),
    "time": (0.0, 0.6),
    "in": (0.0, 0.6),
    "both": (0.0, 1.0),
}
_OF_THE_MOMENT = ("time", "in", "both")

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights after the person's answers; a name that is not among them has its prior's mean."""

    weights: Mapping[str, float]
    answers: int = 0

    def p_useful(self, features: Features) -> float:
        """Return P(useful) for the features of a candidate in a moment."""
        return chance(sum(value * self.weights.get(name, _prior(name)[0]) for name, value in features.items()))


@dataclass(frozen=True, slots=True)
class _Answer:
    features: tuple[tuple[str, float], ...]
    useful: bool
    count: float


def features_of(candidate: Candidate, moment: Moment) -> dict[str, float]:
    """Return what P(useful) is told by, each with its name."""
    kind = candidate.kind
    found = {
        "stated": round(_log_odds(candidate.p_useful), 6),
        "all": 1.0,
        f"kind {kind}": 1.0,
        f"time {moment.band}": 1.0,
        f"in {moment.context}": 1.0,
        f"both {kind}, {moment.band}": 1.0,
        f"both {kind}, {moment.context}": 1.0,
    }
    if moment.need is not None:
        found["need"] = round(_log_odds(moment.need) - _log_odds(shipped().usual), 6)
    return found


def learned(earlier: Iterable[Suggestion]) -> Learned:
    """Return the weights that the answers to earlier suggestions give; withdrawn and silent ones say nothing."""
    return _fitted(tuple(answer for one in earlier if (answer := _answer(one)) is not None))


def _answer(one: Suggestion) -> _Answer | None:
    kept = one.decision.get("features")
    told: dict[str, Any] = kept if isinstance(kept, dict) else {"all": 1.0, f"kind {one.kind}": 1.0}
    if one.status in _YES:
        count = _YES[one.status] + (_USED if one.result.get("used") else 0.0)
        return _Answer(tuple(sorted(told.items())), True, count)
    withdrawn = one.status == "expired" and one.result.get("reason") != NOT_ANSWERED
    if one.status not in _NO or withdrawn:
        return None
    count, scope = _NO[one.status], one.result.get("scope", "")
    if scope == "time":
        told = {name: value for name, value in told.items() if name.split()[0] in _OF_THE_MOMENT}
    elif scope == "subject":
        count *= _NOT_ABOUT_THIS
    return _Answer(tuple(sorted(told.items())), False, count) if told else None


@functools.lru_cache(maxsize=4)
def _fitted(answers: tuple[_Answer, ...]) -> Learned:
    names = sorted({name for one in answers for name, _ in one.features})
    weights = fit(
        [_row(one, names) for one in answers],
        [float(one.useful) for one in answers],
        [_prior(name)[0] for name in names],
        [_prior(name)[1] ** -2 for name in names],
        [one.count for one in answers],
    )
    return Learned(dict(zip(names, weights, strict=True)), len(answers))


def _row(answer: _Answer, names: Sequence[str]) -> list[float]:
    told = dict(answer.features)
    return [told.get(name, 0.0) for name in names]


def _prior(name: str) -> tuple[float, float]:
    """Return mean and standard deviation of a weight before any answer."""
    return _PRIORS[name.split(maxsplit=1)[0]]


def _log_odds(p: float) -> float:
    """Return the log odds of a probability that was stated, kept within .02 and .98."""
    return logit(min(0.98, max(0.02, p)))
