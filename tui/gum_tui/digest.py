"""The digest and other programs' notifications in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum.client import DigestView, NotificationsView, NotificationView, SuggestionView
from gum_tui import phrases

RANKS = {"now": "now", "later": "later today", "digest": "can wait"}

Words = tuple[str, str, str]
"""Heading, text, and where it comes from."""


def in_words(digest: DigestView, now: datetime) -> Words:
    """Return the digest."""
    groups = (
        ("Open", _titles(digest.open)),
        ("Held back by the moment only", _titles(digest.held_back)),
        ("Done since yesterday", _titles(digest.done)),
        ("Notifications", [_notification(one, now) for one in digest.notifications]),
    )
    text = "\n\n".join("\n".join([heading, *lines]) for heading, lines in groups if lines)
    return "Digest", text or "Nothing waits for you.", digest.line or f"made {phrases.when(digest.made_at, now)}"


def notifications_in_words(told: NotificationsView, now: datetime) -> Words:
    """Return the notifications, each with its rank and the reason."""
    text = "\n".join(_notification(one, now) for one in told.items)
    source = told.note or f"since {phrases.when(told.since, now)}; the words are of other programs"
    return "Notifications", text or "There was none.", source


def _titles(suggestions: Iterable[SuggestionView]) -> list[str]:
    return [f"• {one.title}" for one in suggestions]


def _notification(one: NotificationView, now: datetime) -> str:
    body = f": {one.body}" if one.body else ""
    when = phrases.ago(one.at, now)
    held = " · held back" if one.state == "held" else ""
    return f"• {RANKS[one.rank]}{held} · {one.app} · {when}\n  {one.summary}{body}\n  {one.reason}"
