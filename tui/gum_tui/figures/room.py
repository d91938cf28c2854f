"""What is taken on the disk, and which engines the beliefs come from."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui import phrases
from gum_tui.figures.figures import Figures, heading, lines, named_bar
from gum_tui.inert import inert
from gum_tui.widgets.belief import author


def parts(figures: Figures) -> list[Widget]:
    """Return the room by what takes it, the engines by their beliefs, and the model's work."""
    kept, model = figures.retention, figures.status.model
    used = sum(kept.used_bytes.values())
    largest = max(kept.used_bytes.values(), default=0) or 1
    rooms = [named_bar(what, size / largest, phrases.size(size)) for what, size in kept.used_bytes.items()]
    total = named_bar(
        "of the budget", used / kept.budget_bytes, f"{phrases.size(used)} of {phrases.size(kept.budget_bytes)}"
    )
    engines = figures.insights.engines
    most = max((one.propositions for one in engines), default=1)
    beliefs = [
        named_bar(author(one.engine), one.propositions / most, phrases.counted(one.propositions, "belief"))
        for one in engines
    ]
    state = f"{inert(model.engine)}: {inert(model.state)}"
    state += f", {phrases.counted(model.backlog, 'episode')} waiting" if model.backlog else ""
    return [
        Static(
            lines(
                heading("Room on the disk"),
                total,
                rooms,
                Content(""),
                heading("Beliefs by engine"),
                beliefs,
                Content(""),
                heading("Model"),
                Content(state),
            )
        )
    ]
