"""Questions about the person, answered from what is believed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse

from gum.api import answers
from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.wire import Answer
from gum.wire import QuestionIn as Question

router = APIRouter(tags=["propositions"])


@router.post(
    "/ask",
    dependencies=[require(Scope.READ)],
    response_model=Answer,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}, "example": answers.EXAMPLE}}}},
)
def ask(
    behind: Behind,
    asking: Asking,
    body: Question,
    accept: Annotated[str, Header(max_length=500, description="text/event-stream for the words as they come")] = "",
) -> Answer | StreamingResponse:
    """The answer to a question, with the propositions that it cites; with a model in use, in its words.

    With `Accept: text/event-stream` the words come as they are said: an event `propositions`, each `piece`, and the
    whole as `answer`, or `problem`.
    """
    answering = behind.ask(body.question, body.limit)
    if "text/event-stream" in accept:
        asking.show("propositions", [one.id for one in answering.found])
        return StreamingResponse(
            answers.stream(answering),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    for _ in answering.pieces():
        pass
    return answers.whole(answering)
