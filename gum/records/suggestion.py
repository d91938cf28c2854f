"""What is offered to the person, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion as a suggester offers it, before the gate has spoken.

    Benefit and costs are on one scale of 1 to 10 (GUMBO, paper section 4.3.2).  `action` names the
    action plug-in that would carry it out, `payload` is what that action needs.  `key` is the same
    for the same suggestion, so that it is never made twice.
    """

    kind: str
    title: str
    why: str
    action: str
    payload: dict[str, Any]
    propositions: tuple[int, ...]
    p_useful: float
    benefit: float
    cost_false_alarm: float
    cost_silence: float
    key: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion with what was decided of it and what became of it.

    `status` is 'shown', 'silent', 'snoozed' (put off until `snoozed_until`), 'accepted', 'dismissed', 'expired' or
    'undone'; `decision` holds the gate's numbers and its reason.  `intent` names what is about to be written for
    it: a file as 'SHA256  PLACE', its place below the folder of all results, a calendar entry as 'entry  UID'.
    """

    kind: str
    title: str
    why: str
    action: str
    payload: dict[str, Any]
    propositions: tuple[int, ...]
    status: str
    decision: dict[str, Any]
    key: str
    created_at: datetime
    expires_at: datetime | None = None
    result: dict[str, Any] = field(default_factory=dict)
    snoozed_until: datetime | None = None
    intent: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would do: one line, and the content it would write.

    Where it was tried, also the files that it would write, below the folder of all results, the pages and documents
    that it would open, and the text that it would put onto the clipboard.
    """

    summary: str
    content: str
    files: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    clipboard: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did in its folder, and what it asks to have done for it.

    `clipboard` is a text to put onto the clipboard, `opens` are addresses of pages and documents to open again,
    `entries` events for the person's own calendar file, each as a calendar of RFC 5545.  An action gets only what it
    says it `touches`.
    """

    summary: str = ""
    clipboard: str | None = None
    opens: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
