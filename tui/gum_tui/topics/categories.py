"""Sensitive categories: which may be inferred."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import CategoryView, Client
from gum_tui import phrases
from gum_tui.topics.topic import Act, Row, Shown, Topic, titled


class Categories(Topic):
    """One row for each category; allowing one can be taken back."""

    NAME = "categories"
    TITLE = "Sensitive matters"
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"allow", "refuse"})

    def read(self, client: Client, now: datetime) -> Shown:
        intro = Content.styled(
            "Beliefs of a category that is held back wait for your answer and are used nowhere.", "$quiet"
        )
        return Shown(intro, tuple(_row(one, now) for one in client.audit_categories()))

    def act(self, action: str, row: Row) -> Act | None:
        one = row.subject
        if not isinstance(one, CategoryView) or one.allowed is (action == "allow"):
            return None
        name, on = one.category, action == "allow"
        after = one.model_copy(update={"allowed": on})
        return Act(
            lambda client: client.allow_category(name, on),
            Row(row.id, _content(after, ""), after),
            f"{category_name(name).capitalize()}: {'allowed' if on else 'held back'} from now on.",
            back=lambda client: client.allow_category(name, not on),
        )


def category_name(category: str) -> str:
    """Return a category as it is said."""
    return category.replace("_", " ")


def _row(one: CategoryView, now: datetime) -> Row:
    since = f"since {phrases.when(one.switched_at, now)}, by you" if one.switched_at else "by default"
    return Row(one.category, _content(one, since), one)


def _content(one: CategoryView, since: str) -> Content:
    parts = ["allowed" if one.allowed else "held back", since]
    parts.append(f"{one.held:,} waiting" if one.held else "")
    parts.append(phrases.counted(one.propositions, "belief") if one.propositions else "")
    return titled(category_name(one.category), " · ".join(filter(None, parts)), "✓" if one.allowed else "▪")
