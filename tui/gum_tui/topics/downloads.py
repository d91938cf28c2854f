"""Models on their way here."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, PullView
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.topics.topic import Row, Shown, Topic
from gum_tui.widgets.probability import line

BAR_CELLS = 24


class Downloads(Topic):
    """Each with its progress, speed and the time left."""

    NAME = "downloads"
    TITLE = "Downloads"
    EMPTY: ClassVar[str] = "Nothing is on its way."

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        intro = Content.styled("They go on when you leave, and go on where they broke off.", "$quiet")
        return Shown(intro, tuple(Row(one.name, _content(one)) for one in client.model_pulls()))


def _content(one: PullView) -> Content:
    share = one.done_bytes / one.total_bytes if one.total_bytes else 0.0
    if one.state != "running":
        return Content.assemble(inert(one.name), "\n", (inert(f"{one.state}. {one.detail}"), "$quiet"))
    about = f" {phrases.size(one.done_bytes)} of {phrases.size(one.total_bytes)}, {phrases.size(one.bytes_per_s)}/s"
    about += f", {phrases.duration(one.left_s)} left" if one.left_s is not None else ""
    return Content.assemble(inert(one.name), "\n", line(share, BAR_CELLS), (about, "$quiet"))
