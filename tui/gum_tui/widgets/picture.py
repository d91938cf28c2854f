"""A picture in the terminal: its pixels where the terminal can show them, half blocks elsewhere."""

from __future__ import annotations

import os
from itertools import count
from math import ceil
from typing import NamedTuple

from PIL.Image import Image as Pixels
from PIL.Image import Resampling
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from gum_tui import kitty, terminal
from gum_tui.terminal import Cell, Protocol

UPPER_HALF = "▀"

LARGEST = 1000
"""xterm draws nothing of an image that is wider or higher, so that larger ones are drawn in parts."""

LOOKED_AT_EVERY = 8
"""Nothing that lies over a picture is narrower, in cells."""

_NUMBERS = count(os.getpid())
"""Of the pictures given to the terminal; those of two programs in one window differ."""

Box = tuple[int, int, int, int]


def picture(pixels: Pixels, *, id: str | None = None) -> Widget:
    """Return a widget that shows a picture as wide as it is given room."""
    match terminal.protocol():
        case Protocol.SIXEL:
            return SixelPicture(pixels, id=id)
        case Protocol.KITTY:
            return KittyPicture(pixels, id=id)
        case _:
            return HalfBlocks(pixels, id=id)


class Shown(NamedTuple):
    """The pixels as large as they are shown, the box of them that can be seen, and the cell where that begins."""

    pixels: Pixels
    box: Box
    x: int
    y: int
    cell: Cell


class RealPixels(Widget):
    """Leaves its cells blank and draws over them, each time after they, or something among them, were written.

    It is never larger than its own pixels, which would only blur it.
    """

    def __init__(self, pixels: Pixels, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pixels = pixels
        self._scaled = pixels
        self._drawing = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual names them
        cell = terminal.cell()
        return ceil(self._size_in(width, cell)[1] / cell.height)

    def render(self) -> str:
        return ""

    def render_lines(self, crop: Region) -> list[Strip]:
        if not self._drawing:
            self._drawing = True
            self.call_after_refresh(self._draw)
        return super().render_lines(crop)

    def drawn(self, shown: Shown) -> str:
        """Return what draws it in the terminal."""
        raise NotImplementedError

    def gone(self) -> str:
        """Return what takes it away where writing over it does not."""
        return ""

    def on_unmount(self) -> None:
        self._write(self.gone())

    def _draw(self) -> None:
        self._drawing = False
        if self.is_attached:
            shown = self._shown()
            self._write(f"\x1b7\x1b[{shown.y + 1};{shown.x + 1}H{self.drawn(shown)}\x1b8" if shown else self.gone())

    def _write(self, sequence: str) -> None:
        if sequence and (driver := self.app._driver) and not self.app.is_headless:
            driver.write(sequence)
            driver.flush()

    def _size_in(self, columns: int, cell: Cell) -> tuple[int, int]:
        """Return the size in pixels when it has so many columns."""
        width = max(1, min(self._pixels.width, columns * cell.width))
        return width, max(1, round(width * self._pixels.height / self._pixels.width))

    def _shown(self) -> Shown | None:
        """Return what can be seen of it; None when nothing can."""
        screen = self.screen
        if self.app.screen is not screen:
            return None
        try:
            place = screen.find_widget(self)
        except NoWidget:
            return None
        region, seen = place.region, place.visible_region
        rows = _uncovered(screen, self, seen)
        if not rows:
            return None
        cell = terminal.cell()
        size = self._size_in(region.width, cell)
        if self._scaled.size != size:
            self._scaled = self._pixels.resize(size, Resampling.LANCZOS)
        left, upper = (seen.x - region.x) * cell.width, (seen.y - region.y) * cell.height
        right = min(size[0], left + seen.width * cell.width)
        lower = min(size[1], upper + rows * cell.height)
        if right <= left or lower <= upper:
            return None
        return Shown(self._scaled, (left, upper, right, lower), seen.x, seen.y, cell)


class SixelPicture(RealPixels):
    """For the many terminals that draw sixels; what is written over them takes them away."""

    _last: tuple[Shown, str] | None = None

    def drawn(self, shown: Shown) -> str:
        if self._last is None or self._last[0] != shown:
            self._last = (shown, "".join(_part(shown, *corner) for corner in _corners(shown)))
        return self._last[1]


class KittyPicture(RealPixels):
    """For kitty and those that follow it; pixels stay above the cells until they are taken away."""

    def __init__(self, pixels: Pixels, *, id: str | None = None) -> None:
        super().__init__(pixels, id=id)
        self._number = next(_NUMBERS)
        self._sent: Pixels | None = None

    def drawn(self, shown: Shown) -> str:
        given = "" if self._sent is shown.pixels else kitty.sent(self._number, shown.pixels)
        self._sent = shown.pixels
        return given + kitty.placed(self._number, shown.box)

    def gone(self) -> str:
        if self._sent is None:
            return ""
        self._sent = None
        return kitty.forgotten(self._number)


def _corners(shown: Shown) -> list[tuple[int, int]]:
    """Return where the parts begin, in cells."""
    left, upper, right, lower = shown.box
    across, down = (max(1, LARGEST // size) for size in shown.cell)
    return [
        (x, y)
        for y in range(0, ceil((lower - upper) / shown.cell.height), down)
        for x in range(0, ceil((right - left) / shown.cell.width), across)
    ]


def _part(shown: Shown, x: int, y: int) -> str:
    from gum_tui.sixel import sixel  # with numpy, which is slow to load and needed where sixels are drawn alone

    left, upper, right, lower = shown.box
    across, down = (max(1, LARGEST // size) * size for size in shown.cell)
    left, upper = left + x * shown.cell.width, upper + y * shown.cell.height
    part = shown.pixels.crop((left, upper, min(right, left + across), min(lower, upper + down)))
    return f"\x1b[{shown.y + y + 1};{shown.x + x + 1}H{sixel(part)}"


def _uncovered(screen: Screen[object], widget: Widget, seen: Region) -> int:
    """Return how many rows from the first over which nothing else lies; a message may come up from below."""
    columns = [*range(seen.x, seen.right, LOOKED_AT_EVERY), seen.right - 1]
    for row in range(seen.height):
        if any(screen.get_widget_at(column, seen.y + row)[0] is not widget for column in columns):
            return row
    return seen.height


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
