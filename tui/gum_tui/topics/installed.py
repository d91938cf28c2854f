"""Models on this machine, with what was measured of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from textual.content import Content

from gum.client import Client, KeptModelView
from gum_tui import phrases
from gum_tui.topics.catalogue import use
from gum_tui.topics.topic import Act, Details, Row, Shown, Topic, titled


class Installed(Topic):
    """The one in use has a dot."""

    NAME = "installed"
    TITLE = "On this machine"
    EMPTY: ClassVar[str] = "No model is here. The built-in engine works without one."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"use", "remove", "open"})

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        intro = Content.styled("enter shows what was measured; gumctl models bench measures.", "$quiet")
        return Shown(intro, tuple(_row(one) for one in client.models().installed))

    def act(self, action: str, row: Row) -> Act | None:
        one = row.subject
        if not isinstance(one, KeptModelView):
            return None
        name = one.name
        if action == "use":
            return None if one.in_use else use(name, row)
        if action != "remove":
            return None
        question = f"Remove {one.title} ({phrases.size(one.bytes)})? To have it again it must be got again."
        return Act(lambda client: client.remove_model(name), None, f"{name} is removed.", question=question)

    def details(self, client: Client, row: Row) -> Details | None:  # noqa: ARG002
        one = row.subject
        if not isinstance(one, KeptModelView):
            return None
        return Details(one.title, measured(one.bench), f"{one.source} · {one.trust}")


def measured(bench: Mapping[str, Any]) -> str:
    """Return what was measured, a line each."""
    lines = [f"{name.replace('_', ' ')}  {value}" for name, value in bench.items()]
    return "\n".join(lines) or "Nothing was measured yet; gumctl models bench does it."


def _row(one: KeptModelView) -> Row:
    about = " · ".join(filter(None, (phrases.size(one.bytes), "sees pictures" if one.sees else "", one.note)))
    return Row(one.name, titled(one.title, about, "●" if one.in_use else "○"), one)
