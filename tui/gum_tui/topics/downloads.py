"""Models on their way here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, PullView
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.topics.catalogue import use
from gum_tui.topics.topic import Act, Row, Shown, Topic
from gum_tui.widgets.probability import line

BAR_CELLS = 24


class Downloads(Topic):
    """Each with its progress, speed and the time left."""

    NAME = "downloads"
    TITLE = "Downloads"
    EMPTY: ClassVar[str] = "Nothing is on its way."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"get", "stop", "use"})

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        intro = Content.styled("Downloads go on when you leave. p goes on with one that ended early.", "$quiet")
        return Shown(intro, tuple(_row(one) for one in client.model_pulls()))

    def act(self, action: str, row: Row) -> Act | None:
        one = row.subject
        if not isinstance(one, PullView):
            return None
        name = one.name
        if action == "stop" and one.state == "running":
            stopping = _row(one.model_copy(update={"state": "stopping"}))
            return Act(lambda client: client.stop_pull(name), stopping, "It is stopped; what was got so far is kept.")
        if action == "get" and one.state in {"failed", "stopped"}:
            running = _row(one.model_copy(update={"state": "running", "bytes_per_s": 0.0, "left_s": None}))
            return Act(lambda client: client.pull_model(name), running, "It is on its way again.")
        if action == "use" and one.state == "done" and not one.in_use:
            return replace(use(name, row), row=_row(one.model_copy(update={"in_use": True})))
        return None


def _row(one: PullView) -> Row:
    return Row(one.name, Content.assemble(inert(one.title), "\n", content(one)), one)


def content(one: PullView) -> Content:
    """Return how it stands, in a line or two."""
    match one.state:
        case "done":
            use = "The daemon uses it from its next start on: gumctl restart." if one.in_use else "a uses it."
            return Content.styled(f"It is here. {use}", "$quiet")
        case "failed":
            return Content.assemble(("✗ ", "$against"), (inert(one.detail), "$quiet"))
        case "stopped":
            return Content.styled(f"Stopped. {inert(one.detail)}", "$quiet")
        case _:
            return _progress(one)


def _progress(one: PullView) -> Content:
    """Return the bar, and below it how much there is and how long it will take; both keep their lines."""
    share = one.done_bytes / one.total_bytes if one.total_bytes else 0.0
    about = [f"{phrases.size(one.done_bytes)} of {phrases.size(one.total_bytes)}"]
    if one.state == "stopping":
        about.append("stopping …")
    elif one.done_bytes >= one.total_bytes > 0:
        about.append("being checked …")
    elif one.bytes_per_s <= 0:
        about.append("waiting for the server …")
    else:
        about.append(f"{phrases.size(one.bytes_per_s)}/s")
        about += [f"{phrases.duration(one.left_s)} left"] if one.left_s is not None else []
    return Content.assemble(line(share, BAR_CELLS), (f" {phrases.percent(share)}\n{' · '.join(about)}", "$quiet"))
