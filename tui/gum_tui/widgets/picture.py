"""A picture in the terminal: its pixels where the terminal can show them, half blocks elsewhere."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from importlib import import_module

from PIL.Image import Image as Pixels
from PIL.Image import Resampling
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App, SuspendNotSupported
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

UPPER_HALF = "▀"
PROTOCOLS = "textual_image.widget"
"""Knows the kitty and the sixel protocol."""


def picture(pixels: Pixels, app: App[None], *, id: str | None = None) -> Widget:
    """Return a widget that shows a picture as wide as it is given room."""
    if protocols_known(app):
        from textual_image.widget import Image, SixelImage, TGPImage

        if issubclass(Image, SixelImage):
            return SixelImage(pixels, id=id)
        if Image._Renderable is TGPImage._Renderable:
            return TGPImage(pixels, id=id)
    return HalfBlocks(pixels, id=id)


def protocols_known(app: App[None] | None = None) -> bool:
    """Return whether textual-image knows which pictures the terminal can show.

    It asks the terminal when it is first imported, and only who holds the keyboard gets the answer: the first picture
    lets go of the terminal for that moment, so that no start has to wait for it.
    """
    if not has_cells():
        return False
    if PROTOCOLS not in sys.modules:
        import numpy as np  # noqa: F401 - slow to load, and needed: not while the terminal is let go

        try:
            with app.suspend() if app else nullcontext():
                import_module(PROTOCOLS)
        except SuspendNotSupported:
            return False
    return True


def has_cells() -> bool:
    """Return whether we write to a terminal that knows its size; without one its cells cannot be told in pixels."""
    try:
        return sys.__stdout__ is not None and os.get_terminal_size(sys.__stdout__.fileno()).columns > 0
    except (OSError, ValueError):
        return False


class HalfBlocks(Widget):
    """Two pixels a cell, one above the other, in the colours of foreground and background."""

    def __init__(self, pixels: Pixels, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pixels = pixels
        self._strips: list[Strip] = []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual names them
        return _rows(self._pixels, width)

    def on_resize(self) -> None:
        self._strips = []

    def render_line(self, y: int) -> Strip:
        if not self._strips:
            self._strips = half_blocks(self._pixels, self.size.width)
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)


def _rows(pixels: Pixels, width: int) -> int:
    return max(1, round(width * pixels.height / pixels.width / 2))


def half_blocks(pixels: Pixels, width: int) -> list[Strip]:
    """Return the lines of a picture that is `width` cells wide; a cell is taken to be twice as high as wide."""
    if width < 1:
        return []
    rows = _rows(pixels, width)
    small = pixels.convert("RGB").resize((width, rows * 2), Resampling.BOX).tobytes()
    return [Strip([_cell(small, x, y, width) for x in range(width)], width) for y in range(rows)]


def _cell(data: bytes, x: int, y: int, width: int) -> Segment:
    upper, lower = ((2 * y * width + x) * 3, ((2 * y + 1) * width + x) * 3)
    return Segment(
        UPPER_HALF,
        Style(color=Color.from_rgb(*data[upper : upper + 3]), bgcolor=Color.from_rgb(*data[lower : lower + 3])),
    )
