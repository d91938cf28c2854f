"""What the person is asked about, what contradicts itself, and how far probabilities can be relied on."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from gum.wire.base import Request, Wire
from gum.wire.propositions import PropositionView

__all__ = [
    "AnswerIn",
    "CalibrationView",
    "ConflictView",
    "DueView",
    "QuestionView",
    "ReliabilityBin",
    "ReliabilityView",
]


class ConflictView(Wire):
    """A proposition with what speaks against it; with `exclusive` only one of the two can hold at a time."""

    proposition: PropositionView
    rival: PropositionView | None
    exclusive: bool
    pieces: int = Field(description="How many pieces of evidence speak against it on behalf of the rival.")
    since: datetime
    latest: datetime


class DueView(Wire):
    """A proposition that waits for a verdict: how much that would teach, and why it is asked about."""

    proposition: PropositionView
    score: float
    why: str


class QuestionView(Wire):
    """A question for the person; `choices` are what can be answered by number, from 1."""

    id: int
    text: str
    choices: list[str]
    propositions: list[PropositionView]
    status: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None


class AnswerIn(Request):
    """The person's answer: the number or the words of a choice, or a sentence of their own."""

    answer: str = Field(min_length=1, max_length=2000)


class ReliabilityBin(Wire):
    """What was said with a probability from `low` to `high`: how often, on the mean, and how much of it was true."""

    low: float
    high: float
    count: int
    mean: float
    true: float


class ReliabilityView(Wire):
    """Brier score and expected calibration error; `brier_base_rate` is what always saying `base_rate` would score."""

    count: int
    brier: float
    ece: float
    base_rate: float
    brier_base_rate: float
    bins: list[ReliabilityBin]


class CalibrationView(Wire):
    """The map from raw to shown probabilities, and how reliable both were, by the person's verdicts.

    The map is logit(shown) = slope x logit(raw) + shift; below `needed` verdicts it changes nothing.  `caps` are those
    of the classes of evidence that verdicts have raised.
    """

    verdicts: int
    needed: int
    slope: float
    shift: float
    caps: dict[str, float] = Field(default_factory=dict)
    shown: ReliabilityView
    uncalibrated: ReliabilityView
