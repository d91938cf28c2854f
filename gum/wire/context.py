"""What an assistant should know about the person now."""

from __future__ import annotations

from typing import Literal

from gum.records import Kind, Theme
from gum.wire.base import Wire

__all__ = ["ContextItem", "ContextView"]


class ContextItem(Wire):
    """One proposition as an assistant is told it: in words, with how sure and how old it is, and why it was chosen."""

    id: int
    text: str
    likelihood: str
    probability: float
    age: str
    kind: Kind
    theme: Theme
    confirmed: bool
    because: Literal["query", "present", "lasting"]
    quote: str = ""


class ContextView(Wire):
    """The propositions that matter for a query and for what the person does now.

    `text` holds them as lines ready for a prompt and is at most `max_tokens` long, where a token is reckoned as three
    bytes of UTF-8: more than real tokenizers need for nearly every text.  `present` tells the window in front, and
    only to a caller who may read what was on screen.  `omitted` had no room.
    """

    text: str
    tokens: int
    max_tokens: int
    items: list[ContextItem]
    present: str = ""
    omitted: int = 0
    note: str = ""
