"""What the time went to, and which topics and people came up: the largest, with their weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import SpentView
from gum_tui import phrases
from gum_tui.figures.figures import Figures, heading, lines, named_bar

STEPS = " ▁▂▃▄▅▆▇█"
WEEKS = 8


def apps(figures: Figures) -> list[Widget]:
    """Return the applications by time."""
    return _parts("Where the time went", figures.insights.apps, phrases.duration)


def topics(figures: Figures) -> list[Widget]:
    """Return the topics by pieces of evidence."""
    return _parts("What came up", figures.insights.topics, _times)


def people(figures: Figures) -> list[Widget]:
    """Return the people by pieces of evidence."""
    return _parts("Who came up", figures.insights.people, _times)


def _parts(words: str, spent: Sequence[SpentView], value: Callable[[float], str]) -> list[Widget]:
    if not spent:
        return [Static(lines(heading(words), Content.styled("Nothing was seen in this time.", "$quiet")))]
    most = spent[0].total
    rows = [
        Content.assemble(named_bar(one.name, one.total / most, f"{value(one.total):<11}"), " ", (weeks(one), "$for"))
        for one in spent
    ]
    hint = "At the end of each line the weeks, the latest last." if len(spent[0].by_week) > 1 else ""
    return [Static(lines(heading(words), rows, Content.styled(hint, "$quiet")))]


def weeks(one: SpentView) -> str:
    """Return the last weeks as a line of steps; nothing for a single week."""
    if len(one.by_week) < 2:
        return ""
    most = max(one.by_week) or 1.0
    return "".join(STEPS[round(amount / most * 8)] for amount in one.by_week[-WEEKS:])


def _times(count: float) -> str:
    return phrases.counted(round(count), "time")
