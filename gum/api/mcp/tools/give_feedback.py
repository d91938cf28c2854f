"""give_feedback: the person's verdict on a memory, given through an assistant."""

from __future__ import annotations

from typing import Literal

from fastapi import Response
from pydantic import Field

from gum.api import views
from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.mcp.tool import Id, Told, Tool
from gum.api.versions import Changing
from gum.errors import ConflictError
from gum.wire import PropositionView
from gum.wire.base import Request, Wire


class Arguments(Request):
    id: Id
    verdict: Literal["confirm", "reject", "correct"] = Field(
        description="'confirm' what is true, 'reject' what is false, 'correct' what should be worded otherwise."
    )
    correction: str = Field("", max_length=2000, description="The right wording; only for 'correct'.")
    note: str = Field("", max_length=1000)


class Judged(Wire):
    """The memory as it stands now."""

    memory: PropositionView


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    if (asked.verdict == "correct") != bool(asked.correction.strip()):
        raise ConflictError("'correct' needs a correction, and only 'correct' takes one.")
    changing = Changing(behind, caller, Response(), None)
    note = changing.note(asked.note)
    with changing.of(asked.id, vouches=asked.verdict != "reject"):
        if asked.verdict == "confirm":
            behind.review.confirm(asked.id, note)
        elif asked.verdict == "reject":
            behind.review.reject(asked.id, note)
        else:
            behind.review.edit(asked.id, asked.correction, note)
    view = views.in_part(changing.told(asked.id).proposition)
    caller.show("propositions", [view.id])
    return Told(f"[{view.id}] is {view.status}, {view.likelihood}: {' '.join(view.text.split())}", Judged(memory=view))


TOOL = Tool(
    name="give_feedback",
    title="Confirm, reject or correct a memory",
    description="Use only when the user has said that a memory is right, wrong or wrongly worded: it counts as theirs.",
    scope=Scope.VERDICT,
    arguments=Arguments,
    answer=Judged,
    run=run,
    changes=True,
    destructive=True,
    idempotent=True,
)
