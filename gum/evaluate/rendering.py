"""A text as a terminal or an editor shows it: pixels to be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gum.records import Frame, Rect

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

FONTS = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf", "Menlo.ttc", "consola.ttf", "cour.ttf")
SIZE = 15
LINE = 20
EDGE = 12
COLUMNS = 110


@dataclass(frozen=True, slots=True)
class Look:
    """How a window shows text: colours as red, green and blue, and what stands around the text."""

    name: str
    paper: tuple[int, int, int]
    ink: tuple[int, int, int]
    before: tuple[str, ...]
    after: tuple[str, ...]


TERMINAL = Look(
    "terminal",
    (24, 26, 31),
    (214, 216, 220),
    ("$ ls", "Makefile  README.md  docs  src  tests", "$ cat notes.txt"),
    ("$",),
)
EDITOR = Look(
    "editor",
    (255, 255, 255),
    (30, 30, 30),
    ("File  Edit  Search  View  Help", "Notes for the meeting on Thursday"),
    ("Bring the draft and the list of names.", "Line 4, column 1"),
)


def render(text: str, look: Look) -> Frame:
    """Return the text as the window shows it, long lines wrapped as the window would."""
    from PIL import Image, ImageDraw

    lines = [*look.before, *wrapped(text), *look.after]
    font = _font()
    width, height = EDGE * 2 + COLUMNS * 9 + 6, EDGE * 2 + LINE * len(lines)
    image = Image.new("RGB", (width, height), look.paper)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((EDGE, EDGE + row * LINE), line, look.ink, font)
    return Frame(Rect(0, 0, width, height), image.tobytes("raw", "BGRX"))


def wrapped(text: str) -> list[str]:
    """Return the lines of a text as a window of `COLUMNS` characters breaks them, anywhere in a word."""
    shown = "".join(character if character.isprintable() or character in "\n\t" else "?" for character in text)
    lines = [line.expandtabs(4) for line in shown.splitlines()]
    return [line[at : at + COLUMNS] for line in lines for at in range(0, max(len(line), 1), COLUMNS)]


def _font() -> FreeTypeFont | ImageFont:
    """Return a font of fixed width, or Pillow's own where there is none."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, SIZE)
        except OSError:
            continue
    return ImageFont.load_default(SIZE)
