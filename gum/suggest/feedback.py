"""What a dismissal speaks of, from the words in which the person gives its reason."""

from __future__ import annotations

import re

SCOPES = ("", "kind", "subject", "time")
_SAID = {
    "kind": r"\b(?:not|no|never|stop)\b[^.]*\b(?:this|that|such) (?:kind|sort|type)\b|\bno more of these\b"
    r"|\bnever (?:suggest|offer|show) (?:this|these|that|such)\b",
    "subject": r"\b(?:not|nothing|never|stop)\b[^.]*\babout (?:this|that|it)\b"
    r"|\bnot (?:this|that) (?:topic|subject)\b",
    "time": r"\bnot (?:now|at this time|at that time|right now|at the moment|today|yet)\b"
    r"|\b(?:bad|wrong) (?:time|moment)\b|\b(?:i am|i'm) busy\b|^(?:later|busy)\b",
}
_SAID_AS = {scope: re.compile(pattern, re.I) for scope, pattern in _SAID.items()}


def scope_of(reason: str) -> str:
    """Return what a reason speaks of: 'kind' (no more of it), 'subject', 'time', or nothing in particular."""
    return next((scope for scope, said in _SAID_AS.items() if said.search(reason)), "")
