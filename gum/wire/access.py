"""The programs that have a token of their own, and what they were shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from gum.records import Theme
from gum.wire.base import Request, Wire
from gum.wire.propositions import PropositionView

__all__ = ["ClientAdded", "ClientIn", "ClientPreview", "ClientView", "DisclosureView", "LimitsView"]

ScopeName = Literal["context", "read", "propose", "verdict", "write", "observe", "admin"]


class LimitsView(Wire):
    """What a client may see; a list that is null stands for all of them."""

    themes: list[Theme] | None = None
    sensitive: list[str] | None = None
    min_probability: float = 0.0
    newest_days: float | None = None


class ClientView(Wire):
    """One program with a token of its own."""

    name: str
    scopes: list[str]
    limits: LimitsView
    created_at: datetime
    expires_at: datetime | None
    revoked: bool
    last_used: datetime | None = None


class ClientAdded(Wire):
    """A new client; the token is told this once and kept nowhere."""

    client: ClientView
    token: str


class ClientPreview(Wire):
    """What a client would see: its rights in words, and the propositions that its limits let through."""

    client: ClientView
    may: list[str]
    may_not: list[str]
    valid: bool
    seen: int
    withheld: int
    propositions: list[PropositionView]
    context: str


class DisclosureView(Wire):
    """One answer: to whom, by which route or tool, and what was shown: count and ids by kind, never content."""

    id: int
    client: str
    route: str
    shown: dict[str, Any]
    status: int
    at: datetime


class ClientIn(Request):
    """A client to add.  Nothing sensitive is shown unless it is named; `all_sensitive` shows everything."""

    name: str = Field(min_length=1, max_length=63, examples=["editor"])
    scopes: list[ScopeName] = Field(min_length=1, max_length=7, examples=[["context", "propose"]])
    themes: list[Theme] | None = Field(None, min_length=1, description="Only these topics; all when absent.")
    sensitive: list[str] = Field([], max_length=20, description="Sensitive categories that may be shown.")
    all_sensitive: bool = False
    min_probability: float = Field(0.0, ge=0, le=1)
    newest_days: float | None = Field(
        None, gt=0, le=36500, description="Only what was supported in the last so many days."
    )
    days: float | None = Field(
        None, gt=0, le=36500, description="After so many days the token ends; never when absent."
    )
