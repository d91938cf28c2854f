"""What the person is asked about, what contradicts itself, and how far probabilities can be relied on."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from gum.api import views
from gum.api.access import Scope, require
from gum.api.backend import Backend, Behind
from gum.infer import reliability
from gum.infer.calibration import FEWEST_VERDICTS
from gum.infer.conflicts import conflicts as open_conflicts
from gum.infer.questions import Inquiry
from gum.infer.rescore import in_force
from gum.infer.review_queue import due
from gum.store.questions import Question
from gum.wire import AnswerIn, CalibrationView, ConflictView, DueView, QuestionView, ReliabilityView

router = APIRouter(tags=["review"])


@router.get("/review", dependencies=[require(Scope.READ)])
def review(behind: Behind, limit: Annotated[int, Query(ge=1, le=200)] = 20) -> list[DueView]:
    """What waits for a verdict, first what teaches most."""
    found = due(behind.store, behind.clock(), limit)
    return [DueView(proposition=views.proposition(one.proposition), score=one.score, why=one.why) for one in found]


@router.get("/conflicts", dependencies=[require(Scope.READ)])
def conflicts(behind: Behind) -> list[ConflictView]:
    """What contradicts itself and neither the person nor time has resolved, the newest first."""
    return [
        ConflictView(
            proposition=views.proposition(one.proposition),
            rival=views.proposition(one.rival) if one.rival else None,
            exclusive=one.exclusive,
            pieces=one.pieces,
            since=one.since,
            latest=one.latest,
        )
        for one in open_conflicts(behind.store, behind.clock())
    ]


@router.get("/questions", dependencies=[require(Scope.READ)])
def questions(behind: Behind, status: Literal["open", "answered", "dropped"] | None = None) -> list[QuestionView]:
    """What the person is asked, and what they answered."""
    return [_question(behind, one) for one in behind.store.questions.list(status)]


@router.post("/questions/{id}/answer", dependencies=[require(Scope.VERDICT)])
def answer(behind: Behind, id: int, body: AnswerIn) -> QuestionView:
    """Take the answer as a statement of the person's on all that it settles."""
    return _question(behind, _inquiry(behind).answer(id, body.answer))


@router.post("/questions/{id}/dismiss", dependencies=[require(Scope.VERDICT)])
def dismiss(behind: Behind, id: int) -> QuestionView:
    """Drop the question; it is not asked again."""
    return _question(behind, _inquiry(behind).dismiss(id))


@router.get("/calibration", dependencies=[require(Scope.READ)])
def calibration(behind: Behind) -> CalibrationView:
    """How reliable the probabilities are, by the person's verdicts."""
    said = behind.store.verdicts.list("proposition")
    held = in_force(behind.store)
    return CalibrationView(
        verdicts=held.verdicts,
        needed=FEWEST_VERDICTS,
        slope=held.slope,
        shift=held.shift,
        caps=dict(held.caps),
        shown=ReliabilityView.model_validate(reliability.reliability(reliability.shown(said))),
        uncalibrated=ReliabilityView.model_validate(reliability.reliability(reliability.uncalibrated(said))),
    )


def _inquiry(behind: Backend) -> Inquiry:
    return Inquiry(behind.store, behind.review, behind.clock)


def _question(behind: Backend, one: Question) -> QuestionView:
    known = behind.store.propositions.many(one.propositions)
    return QuestionView(
        id=one.id,
        text=one.text,
        choices=[choice.text for choice in one.choices],
        propositions=views.propositions(known[id] for id in one.propositions if id in known),
        status=one.status,
        answer=one.answer,
        asked_at=one.asked_at,
        answered_at=one.answered_at,
    )
