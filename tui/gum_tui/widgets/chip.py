"""A filter as a small button: its name, its present value; a click or its key changes it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static


class Chip(Static):
    """Runs an action of its screen when clicked."""

    DEFAULT_CSS = """
    Chip { width: auto; height: 1; padding: 0 1; margin-right: 1; background: $panel; }
    Chip:hover { background: $block-cursor-background; }
    """

    def __init__(self, key: str, action: str, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._key = key
        self._action = action

    def show(self, value: str) -> None:
        self.update(Content.assemble((f"{self._key} ", "bold $primary"), value))

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.run_action(f"screen.{self._action}")
