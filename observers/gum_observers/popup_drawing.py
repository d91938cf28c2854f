"""What a popup looks like: one line of title, one of text, and a row of buttons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 380
_PAD, _LINE, _BUTTON = 14, 22, 30
_BACK, _EDGE, _URGENT = "#20242b", "#4a5160", "#d9534f"
_TITLE, _TEXT, _FIELD = "#ffffff", "#c9ced8", "#343a46"
_FONTS = (("NotoSans-Bold.ttf", "NotoSans-Regular.ttf"), ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"))

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pixels of a popup, and where its buttons are: left, top, right, bottom."""

    image: Image
    buttons: tuple[Area, ...]


def draw(title: str, text: str, buttons: tuple[str, ...], urgent: bool, scale: float = 1.0) -> Drawn:
    """Draw a popup; lines that are too long are cut."""
    from PIL import Image, ImageDraw

    def s(length: float) -> int:
        return round(length * scale)

    bold, plain = _fonts(scale)
    lines = [(title, bold, _TITLE), *([(text, plain, _TEXT)] if text else [])]
    height = s(2 * _PAD + _LINE * len(lines) + (_BUTTON + _PAD / 2 if buttons else 0))
    image = Image.new("RGB", (s(WIDTH), height), _BACK)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, s(WIDTH) - 1, height - 1), outline=_EDGE)
    if urgent:
        pen.rectangle((0, 0, s(4), height - 1), fill=_URGENT)
    for number, (words, font, colour) in enumerate(lines):
        pen.text((s(_PAD), s(_PAD + _LINE * number)), cut(words, font, s(WIDTH - 2 * _PAD)), colour, font)
    areas = _areas(len(buttons), s(WIDTH), height, s(_PAD), s(_BUTTON))
    for label, area in zip(buttons, areas, strict=True):
        left, top, right, bottom = area
        pen.rectangle((left, top, right - 1, bottom - 1), fill=_FIELD, outline=_EDGE)
        words = cut(label, plain, right - left - s(8))
        pen.text(((left + right) // 2, (top + bottom) // 2), words, _TITLE, plain, anchor="mm")
    return Drawn(image, tuple(areas))


def cut(words: str, font: Any, width: int) -> str:
    """Return a text as one line that is no wider than this."""
    line = " ".join(words.split())[: width + 1]  # no letter is narrower than a pixel
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


def _areas(count: int, width: int, height: int, pad: int, tall: int) -> list[Area]:
    if not count:
        return []
    each = (width - 2 * pad - (count - 1) * pad // 2) // count
    lefts = [pad + number * (each + pad // 2) for number in range(count)]
    return [(left, height - pad - tall, left + each, height - pad) for left in lefts]


@cache
def _fonts(scale: float) -> tuple[Any, Any]:
    """Return a bold and a plain font: of the system where there is one, else the one that the library brings."""
    from PIL import ImageFont

    for bold, plain in _FONTS:
        try:
            return ImageFont.truetype(bold, 15 * scale), ImageFont.truetype(plain, 14 * scale)
        except OSError:
            continue
    return ImageFont.load_default(15 * scale), ImageFont.load_default(14 * scale)
