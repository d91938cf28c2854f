"""Shows an answer in words; nothing can be done in it but read."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.widgets.reading import Reading


class AnswerDialog(Dialog[None]):
    """Closes on escape."""

    def __init__(self, heading: str, text: str, source: str) -> None:
        super().__init__(heading)
        self._text = text
        self._source = source

    def body(self) -> Iterable[Widget]:
        with Reading():
            yield Static(Content(inert(self._text, lines=True)), id="content")
        yield Static(Content(inert(self._source)), classes="hint")


class PlainDialog(AnswerDialog):
    """Fills the screen with nothing but the lines, so that a screen reader finds no other words beside them."""
