"""Insights: whether the probabilities can be relied on, and what the days were spent on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from gum_tui.figures import accuracy, figures, heat, reliability, room, scores, spent
from gum_tui.figures.figures import Figures
from gum_tui.keys import INSIGHTS, bindings
from gum_tui.remote import Remote
from gum_tui.screens.section import Section
from gum_tui.widgets.chip import Chip
from gum_tui.widgets.items import Items
from gum_tui.widgets.reading import Reading

SPANS = (28, 7, 90, 366)
"""Days to look back, in the order that the key goes through them."""

FIGURES: dict[str, tuple[str, Callable[[Figures], list[Widget]]]] = {
    "reliability": ("Reliability", reliability.parts),
    "scores": ("Over time", scores.parts),
    "accuracy": ("Accuracy", accuracy.parts),
    "heat": ("Hours", heat.parts),
    "apps": ("Applications", spent.apps),
    "topics": ("Topics", spent.topics),
    "people": ("People", spent.people),
    "room": ("Disk and models", room.parts),
}
"""Name -> title, and the widgets of the figure."""


@dataclass
class FiguresRead(Message):
    """The daemon told what the figures are drawn from."""

    days: int
    figures: Figures


class InsightsSection(Section):
    """The figures on the left by name, the one under the cursor on the right."""

    MODE = "insights"
    KEYS = INSIGHTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(INSIGHTS)
    CSS_PATH = "insights.tcss"
    HELP_TEXT = (
        "Whether what is said to be likely turns out true, by your own verdicts: the reliability diagram, the Brier "
        "score (0 is perfect, 0.25 is guessing) and the calibration error. And what your days were spent on, from "
        "what was recorded on this machine. Every picture comes with its numbers."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self.days = SPANS[0]
        self._figures: Figures | None = None
        self._name: str = next(iter(FIGURES))

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="split"):
            with VerticalScroll(id="names-side", can_focus=False):
                yield Chip("d", "span", id="span-chip")
                yield Items(id="names")
            yield Reading(id="figure")

    def on_mount(self) -> None:
        names = self.query_one("#names", Items)
        names.show([(name, Content(title)) for name, (title, _) in FIGURES.items()])
        names.focus()
        self._show()

    def reload(self) -> None:
        days = self.days
        self.read("figures", lambda client: figures.read(client, days), lambda told: FiguresRead(days, told))

    def on_figures_read(self, message: FiguresRead) -> None:
        if message.days == self.days and message.figures != self._figures:
            self._figures = message.figures
            self._show()

    def _show(self) -> None:
        self.query_one("#span-chip", Chip).show(f"last {self.days} days")
        told = self._figures
        parts = FIGURES[self._name][1](told) if told else [Static(Content.styled("Asking the daemon …", "$quiet"))]
        figure = self.query_one("#figure", Reading)
        with self.app.batch_update():
            figure.remove_children()
            figure.mount_all(parts)

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        if message.option_id is not None and message.option_id != self._name:
            self._name = message.option_id
            self._show()
            self.query_one("#figure").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        self.query_one("#figure").focus()

    def action_span(self) -> None:
        """Look back over another number of days."""
        self.days = SPANS[(SPANS.index(self.days) + 1) % len(SPANS)]
        self.query_one("#span-chip", Chip).show(f"last {self.days} days")
        self.reload()

    def action_back(self) -> None:
        """Go back to the names."""
        self.query_one("#names").focus()
