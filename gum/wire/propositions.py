"""What is believed, the person's verdicts, and answers from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, computed_field

from gum.records import Durability, Kind, Stance, Status, Theme, Trust
from gum.wire.base import Request, Wire, in_words

__all__ = [
    "Answer",
    "AnswerPiece",
    "ClaimView",
    "EditIn",
    "EvidenceView",
    "HitView",
    "NoteIn",
    "PinIn",
    "PropositionDetail",
    "PropositionIn",
    "PropositionView",
    "QuestionIn",
    "RelatedView",
    "RevisionView",
    "UndoIn",
    "VerdictView",
]


class ClaimView(Wire):
    """A proposition's structured form."""

    predicate: str
    object: str
    qualifier: str


class PropositionView(Wire):
    """One belief about the person, as it stands now."""

    id: int
    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    status: Status
    probability: float
    trust: Trust
    first_seen: datetime
    last_supported: datetime
    valid_from: datetime | None
    valid_to: datetime | None
    engine: str
    claim: ClaimView | None
    sensitivity: str
    pinned: bool
    edited: bool
    version: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def likelihood(self) -> str:
        """The probability in words."""
        return in_words(self.probability)


class EvidenceView(Wire):
    """One quote for or against a proposition, with where and when it stood on screen."""

    id: int
    observation: int
    episode: int
    stance: Stance
    quote: str
    weight: float
    trust: Trust
    at: datetime
    engine: str
    rival: int | None = Field(None, description="The proposition that it speaks for, where it speaks against this one.")
    app: str
    title: str
    url: str
    frame: str


class RevisionView(Wire):
    """One change of a proposition: who, why, and the changed fields before and after."""

    seq: int
    author: str
    cause: str
    old: dict[str, Any]
    new: dict[str, Any]
    at: datetime
    undone: bool


class VerdictView(Wire):
    """What the person said."""

    verdict: str
    note: str
    at: datetime
    shown_probability: float | None


class PropositionDetail(Wire):
    """A proposition with all that stands behind it."""

    proposition: PropositionView
    evidence: list[EvidenceView]
    revisions: list[RevisionView]
    verdicts: list[VerdictView]


class HitView(Wire):
    """One search result; `score` is 0 to 1, `arms` names what found it (words, meaning)."""

    proposition: PropositionView
    score: float
    arms: list[str]


class RelatedView(Wire):
    """Another proposition that belongs beside one: it speaks against it, is about the same, or is near in meaning."""

    proposition: PropositionView
    relation: Literal["conflict", "same subject", "near"]


class Answer(Wire):
    """An answer to a question, with the propositions it was given; `cited` are those that it names, by id.

    `note` says how it came about where no model has put it into words.
    """

    text: str
    engine: str
    propositions: list[PropositionView]
    note: str = ""
    cited: list[int] = Field(default_factory=list)


class AnswerPiece(Wire):
    """Some words of an answer; the last piece holds the whole."""

    text: str
    answer: Answer | None = None


class NoteIn(Request):
    """A verdict's optional note, and 'review' where the review queue had asked for it."""

    note: str = Field("", max_length=4000)
    asked: Literal["", "review"] = ""


class EditIn(NoteIn):
    """A new wording by the person."""

    text: str = Field(min_length=1, max_length=2000)


class UndoIn(Request):
    """Which change to take back; without a number the person's last one."""

    change: int | None = Field(None, ge=2)


class PinIn(Request):
    """Pin or unpin."""

    on: bool


class PropositionIn(Request):
    """A proposition that the person states."""

    text: str = Field(min_length=1, max_length=2000)


class QuestionIn(Request):
    """A question about the person."""

    question: str = Field(min_length=1, max_length=2000)
    limit: int = Field(10, ge=1, le=50)
