"""Whether gum-desktop records, in plain words, and what it thinks the person is doing."""

from __future__ import annotations

from textual.content import Content

from gum.client import DaemonStatus
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.widgets.navigation import LIGHTS
from gum_tui.widgets.steady import Steady


class Verdict(Steady):
    """Three lines: the verdict, what supports it, and the present activity; then any problems."""

    def show(self, status: DaemonStatus | None) -> None:
        """Show the status; None is the time before the first answer."""
        self.tell(_lines(status) if status else Content.styled("Asking the daemon …", "$quiet"))


def _lines(status: DaemonStatus) -> Content:
    mark, _, colour = LIGHTS[status.verdict]
    lines = [
        Content.assemble((f"{mark}  ", f"bold {colour}"), (_sentence(status.verdict_text), "bold")),
        Content.styled(f"   {_support(status)}", "$quiet"),
    ]
    if status.now:
        lines.append(Content.assemble(("   Now  ", "$quiet"), inert(status.now)))
    lines += [Content.assemble(("   ! ", "bold $warning"), inert(problem)) for problem in status.problems]
    return Content("\n").join(lines)


def _sentence(text: str) -> str:
    shown = inert(text)
    return f"{shown[:1].upper()}{shown[1:]}"


def _support(status: DaemonStatus) -> str:
    parts = []
    if status.last_frame_age_s is not None:
        parts.append(f"last frame {phrases.duration(status.last_frame_age_s)} ago")
    parts.append(f"engine {inert(status.model.engine)}, {inert(status.model.state)}")
    if status.queue.waiting or status.queue.failed:
        failed = f", {status.queue.failed} failed" if status.queue.failed else ""
        parts.append(f"{status.queue.waiting} waiting{failed}")
    parts.append(f"frames {phrases.size(status.disk.used_bytes)} of {phrases.size(status.disk.budget_bytes)}")
    return " · ".join(parts)
