"""Suggestions and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from gum.wire.base import Request, Wire

__all__ = [
    "DismissIn",
    "PreviewView",
    "SuggestionView",
]


class SuggestionView(Wire):
    """One suggestion and what became of it; `decision` holds the gate's numbers, `files` the paths it wrote."""

    id: int
    kind: str
    title: str
    why: str
    action: str
    propositions: list[int]
    status: str
    decision: dict[str, Any]
    created_at: datetime
    expires_at: datetime | None
    result: dict[str, Any]
    files: list[str] = Field(default_factory=list)


class PreviewView(Wire):
    """What accepting would do: one line, the content, the files, what it would open, and what it would copy."""

    summary: str
    content: str
    files: list[str] = Field(default_factory=list)
    opens: list[str] = Field(default_factory=list)
    clipboard: str = ""


class DismissIn(Request):
    """Why a suggestion was not wanted."""

    reason: str = Field("", max_length=4000)
