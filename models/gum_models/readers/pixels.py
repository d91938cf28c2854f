"""The part of a frame that is to be read, as an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gum.errors import ReaderError
from gum.records import Frame, Rect

if TYPE_CHECKING:
    from PIL.Image import Image

LETTER = 8  # pixels; what is narrower or lower holds none


def cut(frame: Frame, area: Rect) -> Image | None:
    """Return the part of the frame inside the area; None when they do not meet or meet in less than a letter.

    Raises ReaderError when the pixels are damaged.
    """
    try:
        return _part(frame, area)
    except Exception as error:  # damaged pixels make Pillow raise many kinds
        raise ReaderError(f"The frame cannot be read as pixels ({type(error).__name__}).") from error


def _part(frame: Frame, area: Rect) -> Image | None:
    from PIL import Image

    width, height = frame.rect.width, frame.rect.height
    if len(frame.pixels) != width * height * 4:
        raise ValueError("the pixels do not fill the frame")
    left, top = max(area.x - frame.rect.x, 0), max(area.y - frame.rect.y, 0)
    right = min(area.x + area.width - frame.rect.x, width)
    bottom = min(area.y + area.height - frame.rect.y, height)
    if right - left < LETTER or bottom - top < LETTER:
        return None
    whole = Image.frombuffer("RGB", (width, height), frame.pixels, "raw", "BGRX", 0, 1)
    return whole.crop((left, top, right, bottom))
