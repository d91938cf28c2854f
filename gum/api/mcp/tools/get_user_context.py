"""get_user_context: what matters about the user now, or for a query.  The original GUM's arguments still work."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.context import DEFAULT_TOKENS, Asked, context
from gum.api.mcp.tool import MaxTokens, Told, Tool
from gum.errors import ConflictError
from gum.wire import ContextItem
from gum.wire.base import Request, Wire

Ago = Annotated[
    str | None,
    Field(
        pattern=r"^(\d{1,4}:[0-5]\d)?$", description="How long ago, as hours and minutes: '01:30'; empty for any time."
    ),
]


class Arguments(Request):
    query: str = Field("", max_length=2000, description="What you are about to do, or want to know of the user.")
    start_hh_mm_ago: Ago = Field(None, description="Only what showed since then: '24:00' is the last day.")
    end_hh_mm_ago: Ago = Field(None, description="Only what showed until then: '01:00' leaves out the last hour.")
    max_tokens: MaxTokens = DEFAULT_TOKENS


class UserContext(Wire):
    """What matters about the user; `omitted` had no room, `present` is the window in front where it may be told."""

    memories: list[ContextItem]
    present: str = ""
    omitted: int = 0
    note: str = ""


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    now = behind.clock()
    since, until = (now - _length(one) if one else None for one in (asked.start_hh_mm_ago, asked.end_hh_mm_ago))
    if since and until and since >= until:
        raise ConflictError("start_hh_mm_ago must be longer ago than end_hh_mm_ago.")
    question = Asked(asked.query, asked.max_tokens, since=since, until=until, structured=True)
    found = context(behind.store, question, caller, now)
    return Told(
        found.text,
        UserContext(memories=found.items, present=found.present, omitted=found.omitted, note=found.note),
    )


def _length(ago: str) -> timedelta:
    hours, _, minutes = ago.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


TOOL = Tool(
    name="get_user_context",
    title="What matters about the user now",
    description=(
        "Use at the start of a task, and whenever knowing the user would change what you do: returns what is believed "
        "about the user that matters for a query and for what they do now, each with its likelihood and age."
    ),
    scope=Scope.CONTEXT,
    arguments=Arguments,
    answer=UserContext,
    run=run,
)
