"""What the audit held back or let through, and the sensitive categories."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from gum.records import Kind
from gum.wire.base import Request, Wire

__all__ = ["AuditView", "CategoryIn", "CategoryView", "FlowView"]


class FlowView(Wire):
    """From where to whom a matter went, to this computer aside: how many it was told, not whom."""

    whose: Literal["you", "somebody else"]
    setting: Literal["conversation", "page", "document", "window"]
    app: str
    source: str
    told_to: int
    in_confidence: bool


class AuditView(Wire):
    """One decision.  `text` and `quotes` are there while it waits for an answer; secrets and judgements have none.

    `decision` is what holds now; `answered_at` is when the person said so, None where the rules did.
    """

    id: int
    category: str
    decision: Literal["held", "allowed", "refused"]
    reason: str
    at: datetime
    kind: Kind | None
    text: str = Field("", description="What would have been believed.")
    quotes: list[str] = Field(default_factory=list, description="The words that it rests on.")
    answerable: bool = Field(description="Whether the person can still allow or refuse it.")
    flow: FlowView | None
    answered_at: datetime | None
    proposition: int | None


class CategoryView(Wire):
    """One sensitive category: whether it may be inferred, since when by the person, what waits and what is believed."""

    category: str
    allowed: bool
    switched_at: datetime | None
    held: int
    propositions: int


class CategoryIn(Request):
    """Allow a category, or hold it back."""

    allow: bool
