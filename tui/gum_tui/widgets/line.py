"""One line of parts that can be clicked, drawn by one widget: a line is on every screen, so it must cost little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

PART = "part"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the line; `name` says what a click on them means, `hint` what it does."""

    content: Content
    name: str
    hint: str = ""


class Line(Static):
    """Draws its parts one after the other, and the one under the mouse brighter."""

    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    hovered: reactive[str] = reactive("", repaint=False)

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._parts: Sequence[Part] = ()
        self._drawn: object = None

    def parts(self) -> Sequence[Part]:
        """Return what fits in the line as wide as it is now."""
        raise NotImplementedError

    def clicked(self, name: str) -> None:
        """Do what the part is for."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw the line anew where it reads differently."""
        self._parts = self.parts()
        drawn = [(part.content.plain, part.content.spans, part.name == self.hovered) for part in self._parts]
        if drawn != self._drawn:
            self._drawn = drawn
            self.update(Content("").join([self._shown(part) for part in self._parts]), layout=False)

    def _shown(self, part: Part) -> Content:
        content = part.content
        if not part.name:
            return content
        if part.name == self.hovered:
            content = content.stylize("on $block-hover-background")
        return content.stylize(Style.from_meta({PART: part.name}))

    def on_resize(self) -> None:
        self.draw()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = event.style.meta.get(PART, "")

    def on_leave(self) -> None:
        self.hovered = ""

    def watch_hovered(self) -> None:
        self.tooltip = next((part.hint for part in self._parts if part.name == self.hovered), "") or None
        self.draw()

    def on_click(self, event: events.Click) -> None:
        if name := event.style.meta.get(PART, ""):
            event.stop()
            self.clicked(name)
