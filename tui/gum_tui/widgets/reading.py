"""A text to be read that may be longer than its place: the keys that walk a list scroll it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from gum_tui.keys import WALKING, bindings


class Reading(VerticalScroll, can_focus=True):
    """Scrolls by line, by page, to the begin and to the end, at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WALKING)

    def action_cursor_down(self) -> None:
        self.scroll_down(animate=False)

    def action_cursor_up(self) -> None:
        self.scroll_up(animate=False)

    def action_first(self) -> None:
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        self.scroll_end(animate=False)

    def action_page_down(self) -> None:
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.scroll_page_up(animate=False)
