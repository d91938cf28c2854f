"""What a popup looks like: one line of title, one of text, and a row of buttons."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 380
_PAD, _LINE, _BUTTON = 14, 22, 30
_BACK, _EDGE, _URGENT = "#20242b", "#4a5160", "#d9534f"
_TITLE, _TEXT, _FIELD = "#ffffff", "#c9ced8", "#343a46"
_BOLD, _PLAIN = ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf"), ("NotoSans-Regular.ttf", "DejaVuSans.ttf")
_COMMON = 0x52F  # Latin, Greek and Cyrillic end here
#: One letter, in hexadecimal, of each script that has fonts of its own.
_LETTERS = {
    "CJK": "4e00",
    "HIRAGANA": "3042",
    "KATAKANA": "30a2",
    "HANGUL": "ac00",
    "ARABIC": "628",
    "HEBREW": "5d0",
    "ARMENIAN": "561",
    "GEORGIAN": "10d0",
    "DEVANAGARI": "915",
    "BENGALI": "995",
    "GURMUKHI": "a15",
    "GUJARATI": "a95",
    "TAMIL": "b95",
    "TELUGU": "c15",
    "KANNADA": "c95",
    "MALAYALAM": "d15",
    "THAI": "e01",
    "ETHIOPIC": "1200",
}

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

    lines = [(title, _font(True, scale, title), _TITLE)]
    lines += [(text, _font(False, scale, text), _TEXT)] if text else []
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
        font = _font(False, scale, label)
        words = cut(label, font, right - left - s(8))
        pen.text(((left + right) // 2, (top + bottom) // 2), words, _TITLE, font, anchor="mm")
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


def scripts(words: str) -> frozenset[str]:
    """Return the scripts in a text that common fonts lack, by the names that Unicode gives their letters."""
    named = {unicodedata.name(letter, "").partition(" ")[0] for letter in words if ord(letter) > _COMMON}
    return frozenset(named & _LETTERS.keys())


@lru_cache(64)
def font_file(bold: bool, of: frozenset[str]) -> tuple[str, int] | None:
    """Return the file of a font that has the letters of these scripts, as fontconfig knows; None without fontconfig.

    Only the scripts are told to the other process, never a letter of the text.
    """
    wanted = " ".join(_LETTERS[one] for one in sorted(of))
    command = ["fc-match", "-f", "%{file}\n%{index}", f"sans-serif:{'bold:' if bold else ''}charset={wanted}"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout
        file, index = said.split("\n")
        return file, int(index)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _font(bold: bool, scale: float, words: str) -> Any:
    """Return a font: one that has the letters, else a common one, else the one that the library brings."""
    from PIL import ImageFont

    size = (15 if bold else 14) * scale
    of = scripts(words)
    found = font_file(bold, of) if of else None
    files = [*([found] if found else []), *((name, 0) for name in (_BOLD if bold else _PLAIN))]
    for file, index in files:
        try:
            return ImageFont.truetype(file, size, index)
        except OSError:
            continue
    return ImageFont.load_default(size)
