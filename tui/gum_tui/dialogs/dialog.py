"""What all dialogs share: a frame in the middle of the dimmed screen, and the keys that close it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.keys import DIALOG, bindings
from gum_tui.widgets.key_line import KeyLine

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """Closes with its result, or with None when the person cancels."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DIALOG)

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = heading

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static(Content(self._heading), id="heading")
            yield from self.body()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """Return the widgets below the heading."""
        raise NotImplementedError

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close, once: of two quick keys the second finds it closed."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_cancel(self) -> None:
        """Close without one."""
        self.dismiss(None)
