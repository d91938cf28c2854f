"""Takes a sentence from the person: a better wording, or something of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import WORDING, bindings

LONGEST = 2000
"""The daemon takes no longer sentence."""


class WordingDialog(Dialog[str]):
    """Closes with the text, trimmed; an empty or unchanged one cancels."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WORDING)

    def __init__(self, heading: str, hint: str, text: str = "") -> None:
        super().__init__(heading)
        self._hint = hint
        self._text = inert(text)

    def body(self) -> Iterable[Widget]:
        yield TextArea(self._text, soft_wrap=True, show_line_numbers=False)
        yield Static(Content(f"{self._hint}  ctrl-s saves, escape cancels."), classes="hint")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_accept(self) -> None:
        text = " ".join(self.query_one(TextArea).text.split())
        if len(text) > LONGEST:
            self.notify(f"At most {LONGEST:,} characters; this is {len(text):,}.", severity="warning", markup=False)
            return
        self.dismiss(text if text and text != self._text else None)
