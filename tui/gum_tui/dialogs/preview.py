"""Shows exactly what accepting a suggestion will do, before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import PreviewView
from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import PREVIEW, bindings
from gum_tui.widgets.reading import Reading
from gum_tui.widgets.suggestion import beside


class PreviewDialog(Dialog[bool]):
    """Closes with True when the person wants it done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PREVIEW)

    def __init__(self, title: str, preview: PreviewView) -> None:
        super().__init__("This will be done")
        self._title = title
        self._preview = preview

    def body(self) -> Iterable[Widget]:
        yield Static(Content.assemble((inert(self._title), "bold"), "\n", inert(self._preview.summary)), id="summary")
        with Reading():
            yield Static(Content(inert(self._preview.content, lines=True)), id="content")
            yield Static(Content("\n".join(beside(self._preview))))
        yield Static(Content("enter does it; escape leaves everything as it is. It can be undone."), classes="hint")

    def action_accept(self) -> None:
        self.dismiss(True)
