"""get_suggestions: what gum-desktop offers to do for the user at present; the answers are the user's to give."""

from __future__ import annotations

from datetime import datetime

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.mcp.tool import DATA, Budget, MaxTokens, Told, Tool
from gum.errors import ForbiddenError
from gum.wire.base import Request, Wire

OPEN = ("shown", "snoozed")
MOST = 50
ANSWERED_BY_USER = "The user answers them in gum-desktop, by gumctl suggestions or on the desktop; you cannot."


class Arguments(Request):
    max_tokens: MaxTokens = 800


class Offer(Wire):
    """One suggestion that waits for the user's answer; `action` names what accepting would make."""

    id: int
    kind: str
    title: str
    why: str
    action: str
    expires_at: datetime | None


class Offers(Wire):
    """What is offered, newest first, as far as there is room."""

    suggestions: list[Offer]
    omitted: int = 0


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    if not caller.limits.none:
        raise ForbiddenError("Suggestions may tell of anything, and this client's limits hide some of it.")
    found = [
        Offer(id=one.id, kind=one.kind, title=one.title, why=one.why, action=one.action, expires_at=one.expires_at)
        for one in behind.store.suggestions.list(OPEN, MOST)
    ]
    if not found:
        return Told("Nothing is offered to the user now.", Offers(suggestions=[]))
    head = f"{ANSWERED_BY_USER}\n{DATA}"
    budget = Budget(asked.max_tokens, head, Offers(suggestions=[], omitted=99))
    told = [(line, one) for one in found if budget.takes(line := _line(one), one)]
    caller.show("suggestions", [one.id for _, one in told])
    text = "\n".join([head, *(line for line, _ in told)])
    return Told(text, Offers(suggestions=[one for _, one in told], omitted=len(found) - len(told)))


def _line(one: Offer) -> str:
    return f"[{one.id}] {one.kind}: {' '.join(one.title.split())}. {' '.join(one.why.split())}"


TOOL = Tool(
    name="get_suggestions",
    title="What is offered to the user",
    description=(
        "Use when the user asks what gum-desktop offers to do for them: returns the suggestions that wait for the "
        "user's own answer, each with its reason."
    ),
    scope=Scope.READ,
    arguments=Arguments,
    answer=Offers,
    run=run,
)
