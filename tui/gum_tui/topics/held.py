"""What the audit holds back until the person answers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import AuditView, Client
from gum_tui import phrases
from gum_tui.topics.categories import category_name
from gum_tui.topics.topic import Act, Details, Row, Shown, Topic, titled


class HeldBack(Topic):
    """The newest first; what can no longer be answered says so."""

    NAME = "held"
    TITLE = "Held back"
    EMPTY: ClassVar[str] = "Nothing is held back."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"allow", "refuse", "open"})

    def read(self, client: Client, now: datetime) -> Shown:
        intro = Content.styled("Not believed and used nowhere. Allow one (a), or let it go for good (r).", "$quiet")
        return Shown(intro, tuple(_row(one, now) for one in client.audit("held")))

    def act(self, action: str, row: Row) -> Act | None:
        one = row.subject
        if not isinstance(one, AuditView) or not one.answerable:
            return None
        id = one.id
        if action == "allow":
            return Act(
                lambda client: client.allow_held(id), None, "It is a belief now; reject it there to take this back."
            )
        question = "Let it go for good? Its words are erased, so this cannot be undone."
        return Act(
            lambda client: client.refuse_held(id), None, "It is gone, and is not held back anew.", question=question
        )

    def details(self, client: Client, row: Row) -> Details | None:  # noqa: ARG002
        one = row.subject
        if not isinstance(one, AuditView):
            return None
        quotes = "\n".join(f"“{quote}”" for quote in one.quotes) or "Its words are not kept."
        return Details(
            f"Held back: {category_name(one.category)}", f"{one.text or 'No text is kept.'}\n\n{quotes}", one.reason
        )


def _row(one: AuditView, now: datetime) -> Row:
    about = f"{category_name(one.category)} · {one.reason} · {phrases.ago(one.at, now)}"
    if not one.answerable:
        about += " · counted only"
    return Row(str(one.id), titled(one.text or "(its words are not kept)", about), one)
