"""Whether it records now, by which observers, and what is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, ObserverStatus
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.topics.topic import Row, Shown, Topic, titled


class Recording(Topic):
    """The verdict, and one row for each observer."""

    NAME = "recording"
    TITLE = "Recording"
    EMPTY: ClassVar[str] = "No observer is running."

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        status = client.status()
        lines = [
            Content.styled(phrases.sentence(inert(status.verdict_text)), "bold"),
            *(Content(f"! {inert(p)}") for p in status.problems),
        ]
        lines.append(Content.styled("p stops it for 15 minutes; pressed again it goes on.", "$quiet"))
        rows = tuple(Row(one.name, _observer(one)) for one in status.observers)
        return Shown(Content("\n").join(lines), rows)


def _observer(one: ObserverStatus) -> Content:
    about: str = one.state
    if one.last_event_age_s is not None:
        about += f" · last sign {phrases.duration(one.last_event_age_s)} ago"
    if one.restarts:
        about += f" · {phrases.counted(one.restarts, 'restart')}"
    if one.missing:
        about += f" · {'; '.join(one.missing)}"
    return titled(one.name, about, "●" if one.state == "running" else "‖")
