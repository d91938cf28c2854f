"""What was told to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from textual.content import Content

from gum.client import Client, DisclosureView
from gum_tui import phrases
from gum_tui.topics.topic import Row, Shown, Topic, titled

MOST = 200


class AccessLog(Topic):
    """The newest answer first: to whom, by which route, how many of what; never the content."""

    NAME = "access"
    TITLE = "Who was told what"
    EMPTY: ClassVar[str] = "No program has asked yet."

    def read(self, client: Client, now: datetime) -> Shown:
        page = client.access(limit=MOST)
        intro = Content.styled(f"The last {MOST} answers to programs, in numbers; what was said is not kept.", "$quiet")
        return Shown(intro, tuple(Row(str(one.id), _content(one, now)) for one in page.items))


def _content(one: DisclosureView, now: datetime) -> Content:
    refused = f"refused ({one.status})" if one.status >= 400 else ""
    about = " · ".join(filter(None, (refused or _counts(one.shown), phrases.ago(one.at, now))))
    return titled(f"{one.client}  {one.route}", about)


def _counts(shown: Mapping[str, Any]) -> str:
    """Return how many of each thing were told: a number, or as many as ids are named."""
    parts = []
    for what, told in shown.items():
        number = told.get("count") if isinstance(told, Mapping) else len(told) if isinstance(told, list) else told
        if isinstance(number, int) and number:
            parts.append(f"{number:,} {what}")
    return ", ".join(parts) or "nothing of you"
