"""How much was true, by kind of belief and by engine."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import AccuracyView
from gum_tui import phrases
from gum_tui.figures.figures import Figures, heading, lines, named_bar
from gum_tui.widgets.belief import author


def parts(figures: Figures) -> list[Widget]:
    """Return a bar for each kind and each engine that was judged."""
    told = figures.insights
    if not told.by_kind:
        words = "There is no verdict yet. Confirm or reject some beliefs, and it is seen here how much was true."
        return [Static(lines(heading("How much was true?"), Content.styled(words, "$quiet")))]
    return [
        Static(
            lines(
                heading("How much was true, by kind"),
                _bars(told.by_kind),
                Content(""),
                heading("By engine"),
                _bars(told.by_engine),
            )
        )
    ]


def _bars(accuracies: Sequence[AccuracyView]) -> list[Content]:
    return [
        named_bar(
            author(one.name), one.true / one.judged, f"{phrases.percent(one.true / one.judged)} of {one.judged:,}"
        )
        for one in accuracies
    ]
