"""Who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from gum.api.access.scopes import Scope
from gum.store.limits import Limits

PERSON = "you"


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of one token during one request.

    The access log recognises the records in a JSON answer by itself; what is told in another form, such as a tool's
    text, is collected in `shown`, by kind, and through which tools in `tools`.
    """

    name: str
    scopes: frozenset[Scope]
    limits: Limits = field(default_factory=Limits)
    shown: dict[str, list[int]] = field(default_factory=dict)
    tools: list[str] = field(default_factory=list)

    @classmethod
    def person(cls) -> Caller:
        """Return the caller who holds the person's own token."""
        return cls(PERSON, frozenset(Scope))

    @property
    def is_person(self) -> bool:
        return self.name == PERSON

    @property
    def speaks_for_person(self) -> bool:
        """Whether it is the person who asks, and not an assistant that holds their token."""
        return self.is_person and not self.tools

    def show(self, kind: str, ids: Iterable[int]) -> None:
        """Note for the access log that these are told, such as `show("propositions", [3, 4])`."""
        self.shown.setdefault(kind, []).extend(ids)

    def through(self, tool: str) -> None:
        """Note that an assistant is told, through this tool; that is logged also when it holds the person's token."""
        self.tools.append(tool)


async def _caller(request: Request) -> Caller:  # async: a plain function would cost a change of threads
    return cast("Caller", request.state.caller)


#: A route that applies limits, or tells what it shows, takes `asking: Asking`.
Asking = Annotated[Caller, Depends(_caller)]
