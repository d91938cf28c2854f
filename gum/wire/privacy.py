"""What is never seen, what was counted, and what talks to whom."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from gum.wire.base import Request, Wire

__all__ = ["EgressView", "ExclusionIn", "ExclusionTest", "ExclusionView", "LedgerRow", "SocketView"]

Kind = Literal["app", "title", "site"]


class ExclusionView(Wire):
    """One rule: an application by window class, a title by regular expression, or a site by host name.

    `source` is 'you' for a rule that was added, 'settings' for one of the settings file, 'seeded' for one that comes
    with the program; `why` says what a seeded rule is for.
    """

    kind: Kind
    pattern: str
    source: Literal["seeded", "settings", "you"]
    why: str


class ExclusionIn(Request):
    """A rule by its pattern, or by an observation whose application, title or site it names."""

    kind: Kind
    pattern: str = Field("", max_length=300)
    observation: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.pattern.strip()) == (self.observation is not None):
            raise ValueError("give a pattern or an observation, one of both")
        return self


class ExclusionTest(Wire):
    """Whether a window would be seen, and the rule that hides it."""

    seen: bool
    rule: ExclusionView | None


class LedgerRow(Wire):
    """So many of something on one local day, for one reason; never what it was."""

    day: dt.date
    what: str
    reason: str
    count: int


class SocketView(Wire):
    """A connection of the daemon or of a process that it started; `times` in how many looks it was there."""

    pid: int
    process: str
    local: str
    remote: str
    state: str
    times: int


class EgressView(Wire):
    """What was seen of the daemon's sockets while they were watched.

    `outside` holds every connection that is not on this machine; `allowed` names the settings that let something out.
    """

    seconds: float
    looks: int
    processes: int
    inside: int
    outside: list[SocketView]
    listening: list[str]
    allowed: list[str]
