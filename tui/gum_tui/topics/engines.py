"""Engines with their states, and how much waits for the model."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, ModelsView
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.topics.topic import Row, Shown, Topic, titled


class Engines(Topic):
    """What understands, and whether it can."""

    NAME = "engines"
    TITLE = "Engines"
    EMPTY: ClassVar[str] = "No engine is installed."

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        told = client.models()
        rows = []
        for one in told.engines:
            about = inert(one.state) + (f" · sends to {inert(one.leaves_to)}" if one.leaves_to else "")
            rows.append(Row(one.name, titled(one.name, about, "●" if one.in_use else "○")))
        return Shown(Content.styled(_backlog(told), "$quiet"), tuple(rows))


def _backlog(told: ModelsView) -> str:
    waiting = f"{phrases.counted(told.backlog, 'episode')} waiting for the model" if told.backlog else "Nothing waits"
    if told.backlog and told.backlog_age_s is not None:
        waiting += f", the oldest for {phrases.duration(told.backlog_age_s)}"
    waiting += f"; it waits {told.waits}." if told.waits else "."
    if told.rate.days:
        waiting += f" A day with activity has about {told.rate.episodes:.0f} episodes."
    return inert(waiting)
