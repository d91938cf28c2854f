"""get_preferences: what the user prefers in a domain, and whether now is the time for it."""

from __future__ import annotations

from pydantic import Field

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.mcp.tool import Told, Tool
from gum.api.preferences import preferences
from gum.wire import PreferencesView
from gum.wire.base import Request


class Arguments(Request):
    domain: str = Field(min_length=1, max_length=200, description="What you act in for the user, such as 'films'.")


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    found = preferences(behind.store, asked.domain, caller, behind.clock())
    return Told(found.text, found)


TOOL = Tool(
    name="get_preferences",
    title="What the user prefers in a domain",
    description=(
        "Use before you choose, book, recommend or remind for the user: returns their preferences in a domain, each "
        "with its likelihood, and what speaks against acting on them now, such as a deadline."
    ),
    scope=Scope.CONTEXT,
    arguments=Arguments,
    answer=PreferencesView,
    run=run,
)
