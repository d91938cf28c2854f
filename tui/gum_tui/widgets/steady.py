"""A text that is told again every few seconds, and mostly reads the same."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Steady(Static):
    """Is drawn anew, and the screen laid out, only where it reads differently."""

    _told: tuple[object, ...] = ()

    def tell(self, content: Content) -> None:
        """Show the text."""
        told = (content.plain, content.spans)
        if told != self._told:
            self._told = told
            self.update(content)
