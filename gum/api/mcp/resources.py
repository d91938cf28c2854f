"""What an assistant can attach without asking a tool: the portrait, and what matters now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.context import Asked, context
from gum.api.mcp.tool import DATA


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource; `read` is called in a thread, and may raise GumError."""

    uri: str
    name: str
    description: str
    scope: Scope
    read: Callable[[Backend, Caller], str]
    kind: str = "text/markdown"


def _portrait(behind: Backend, caller: Caller) -> str:
    now = behind.clock()
    made = behind.portraits.portrait(lambda one: caller.limits.allow(one, now))
    caller.show("propositions", made.propositions)
    lines = [DATA]
    for section in made.sections:
        lines += ["", f"## {section.heading.title}", ""]
        lines += [f"- {one.text} ({one.likelihood})" for one in section.sentences]
    return "\n".join(lines) if made.sections else "Nothing is known about the user yet."


def _now(behind: Backend, caller: Caller) -> str:
    return context(behind.store, Asked(), caller, behind.clock()).text


RESOURCES = (
    Resource(
        uri="gum://portrait",
        name="portrait",
        description="Who the user is, as far as it is believed, under headings.",
        scope=Scope.CONTEXT,
        read=_portrait,
    ),
    Resource(
        uri="gum://now",
        name="now",
        description="What matters about the user for what they do now.",
        scope=Scope.CONTEXT,
        read=_now,
        kind="text/plain",
    ),
)
