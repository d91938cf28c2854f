"""Suggestions and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from gum.wire.base import Moment, Request, Wire

__all__ = [
    "DigestView",
    "DismissIn",
    "NotificationView",
    "NotificationsView",
    "PreviewView",
    "ProjectResults",
    "RefineIn",
    "SnoozeIn",
    "StepView",
    "SuggestionView",
]


class SuggestionView(Wire):
    """One suggestion and what became of it; `decision` holds the gate's numbers, `files` the paths it wrote.

    Where its text was written anew, `result.versions` holds each version: `wish`, `text`, `author`, `files`.
    """

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
    snoozed_until: datetime | None = None
    result: dict[str, Any]
    files: list[str] = Field(default_factory=list)


class PreviewView(Wire):
    """What accepting would do: one line, the content, the files, what it would open, and what it would copy."""

    summary: str
    content: str
    files: list[str] = Field(default_factory=list)
    opens: list[str] = Field(default_factory=list)
    clipboard: str = ""


class StepView(Wire):
    """What is being done for a suggestion just now, in the action's words; empty when nothing is.

    `share` is what part of it is done, where that is known.
    """

    step: str = ""
    share: float | None = None


class DismissIn(Request):
    """Why a suggestion was not wanted."""

    reason: str = Field("", max_length=4000)


class RefineIn(Request):
    """How the text of a result is to be written anew, in the person's words; 'redo' writes the first version again."""

    wish: str = Field(min_length=1, max_length=1000)


class SnoozeIn(Request):
    """Until when a suggestion is put off; without it, for as long as the settings say."""

    until: Moment | None = None


class ProjectResults(Wire):
    """What accepted suggestions made for one project, newest first; `project` is empty where none is known."""

    project: str
    results: list[SuggestionView]


class NotificationView(Wire):
    """A notification of another program, and how much it matters; its words are not ours and not to be trusted.

    `state` is 'held', 'shown' or 'closed' where our own notification server took it, else empty.
    """

    id: int
    at: datetime
    app: str
    summary: str
    body: str
    rank: Literal["now", "later", "digest"]
    score: float
    reason: str
    propositions: list[int]
    state: Literal["", "held", "shown", "closed"] = ""


class NotificationsView(Wire):
    """The notifications since an instant, what matters most first; `note` says why there may be none."""

    since: datetime
    items: list[NotificationView]
    note: str = ""


class DigestView(Wire):
    """What waits for the person, for one quiet moment of the day; `line` is empty when nothing does.

    `held_back` are suggestions that only the moment spoke against, `done` what was accepted since yesterday.
    """

    since: datetime
    made_at: datetime
    line: str
    open: list[SuggestionView]
    held_back: list[SuggestionView]
    done: list[SuggestionView]
    notifications: list[NotificationView]
