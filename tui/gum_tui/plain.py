"""A screen as plain lines in reading order, without bars, borders and columns: for screen readers and braille."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import DataTable, Input, OptionList, Static

from gum_tui.widgets.belief import STATUSES, about, sentence
from gum_tui.widgets.belief_table import BeliefTable

_DRAWN = re.compile(r"[\u2500-\u25a0·╸━]{2,}")
"""Runs of signs that draw a bar or a line; the number stands beside each."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\n")


def lines_of(screen: Screen[None]) -> str:
    """Return what the screen shows, a line for each row; the row under the cursor is named."""
    found: list[str] = []
    for widget in screen.walk_children():
        if isinstance(widget, Widget) and widget.is_on_screen and widget.display:
            found += [line for each in _texts(widget) if (line := _line(each))]
    return "\n".join(found)


def _texts(widget: Widget) -> Iterable[str]:
    if isinstance(widget, OptionList):
        for place, option in enumerate(widget.options):
            here = "chosen: " if place == widget.highlighted and not option.disabled else ""
            yield here + _SENTENCE_END.sub(" ", str(option.prompt)).replace("\n", ", ")
    elif isinstance(widget, DataTable):
        for place in range(widget.row_count):
            here = "chosen: " if place == widget.cursor_row else ""
            yield here + ", ".join(str(cell) for cell in widget.get_row_at(place))
    elif isinstance(widget, BeliefTable) and not widget.total:
        yield widget.empty
    elif isinstance(widget, BeliefTable):
        for place, belief in widget.in_sight:
            here = "chosen: " if place == widget.cursor else ""
            marked = "marked, " if belief.id in widget.marked else ""
            yield f"{here}{marked}{STATUSES[belief.status]}: {sentence(belief)} {about(belief, widget.now)}"
    elif isinstance(widget, Input):
        yield f"field: {widget.value or widget.placeholder}"
    elif isinstance(widget, Static):
        yield from str(widget.content).splitlines()


def _line(text: str) -> str:
    return " ".join(_DRAWN.sub(" ", text).split())
