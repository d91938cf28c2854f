"""Asks once more before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import PREVIEW, bindings


class QuestionDialog(Dialog[bool]):
    """Closes with True when the person means it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PREVIEW)

    def __init__(self, question: str) -> None:
        super().__init__("Are you sure?")
        self._question = question

    def body(self) -> Iterable[Widget]:
        yield Static(Content(inert(self._question)))
        yield Static(Content("enter does it; escape leaves everything as it is."), classes="hint")

    def action_accept(self) -> None:
        self.dismiss(True)
