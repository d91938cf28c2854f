"""How long what is kept, how much room it takes, and what was removed."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from gum.client import Client, RetentionStatus
from gum_tui import phrases
from gum_tui.topics.topic import Row, Shown, Topic, fact

NAMES = {"propositions": "beliefs"}
"""What is said for the daemon's name of a thing."""


class Retention(Topic):
    """Limits, then the room taken, then what was removed in the last 30 days."""

    NAME = "retention"
    TITLE = "How long it is kept"

    def read(self, client: Client, now: datetime) -> Shown:
        status = client.retention()
        rows = [Row(f"limit {each.what}", fact(_named(each.what), _days(each.days))) for each in status.limits]
        rows += [Row(f"used {what}", fact(f"room of {what}", phrases.size(n))) for what, n in status.used_bytes.items()]
        rows += [
            Row(
                f"gone {each.day} {each.what} {each.reason}",
                fact(f"removed {each.day}", f"{each.count:,} {_named(each.what)} by {each.reason}"),
            )
            for each in status.removed
        ]
        return Shown(_intro(status, now), tuple(rows))


def _intro(status: RetentionStatus, now: datetime) -> Content:
    used = sum(status.used_bytes.values())
    words = f"{phrases.size(used)} of {phrases.size(status.budget_bytes)} are used."
    words += f" What you forget can be brought back for {phrases.duration(status.undo_hours * 3600)}."
    if status.last_run:
        words += f" Last tidied {phrases.ago(status.last_run, now)}."
    if status.over:
        words += " The budget cannot be held without removing what beliefs rest on, which is never done."
    return Content.styled(words, "$quiet")


def _named(what: str) -> str:
    return NAMES.get(what, what)


def _days(days: float | None) -> str:
    return "until you forget it" if days is None else phrases.duration(days * 86_400)
