"""Where a text comes from, and how far it is believed."""

from __future__ import annotations

from enum import StrEnum


class Trust(StrEnum):
    """Where a text comes from, from most to least trusted."""

    STATED = "stated"
    TYPED = "typed"
    SYSTEM = "system"
    DOCUMENT = "document"
    SCREEN = "screen"
    UNTRUSTED = "untrusted"
