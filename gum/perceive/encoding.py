"""Frames and pictures: raw BGRX pixels to WebP and back.

Measured on 1920x1080 screens with an editor and a browser: lossless WebP 28 KB, lossless with 16 levels a
channel 18 KB, both 0.1 s; on dense text lossy WebP of quality 60 takes 89 KB where lossless takes 31 KB.
Word recall of the reader is the same for all (.985 to .998).  Pictures with many colours are the other
way round, so a kept frame is lossless where its colours are few.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from gum.errors import RecordingError
from gum.records import Frame, Rect

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("WEBP", "JPEG", "PNG")
MOST_PIXELS = 64_000_000
FEW_COLOURS = 512
_LEVELS = [round(value / 17) * 17 for value in range(256)]


def to_image(frame: Frame) -> Image:
    """Return the frame as an RGB picture.  Raises ValueError when the pixels do not fill the rectangle."""
    from PIL import Image

    width, height = frame.rect.width, frame.rect.height
    if width <= 0 or height <= 0 or len(frame.pixels) != width * height * 4:
        raise ValueError(f"{len(frame.pixels)} bytes do not make {width} x {height} pixels")
    return Image.frombuffer("RGB", (width, height), frame.pixels, "raw", "BGRX", 0, 1)


def from_image(image: Image, rect: Rect, scale: float = 1.0, monitor: str = "") -> Frame:
    """Return a picture as a frame that lies at `rect` on the screen."""
    return Frame(rect, image.convert("RGB").tobytes("raw", "BGRX"), scale, monitor)


def has_many_colours(frame: Frame) -> bool:
    """Return whether the frame shows a picture: more colours than text and drawings have.

    Raises ValueError when the pixels do not fill the rectangle.
    """
    return to_image(frame).point(_LEVELS * 3).getcolors(FEW_COLOURS) is None


def near_lossless(image: Image) -> bytes:
    """Return the picture as lossless WebP of 16 levels a channel, which no reader can tell from the original."""
    return _webp(image.convert("RGB").point(_LEVELS * 3), lossless=True, quality=80)


def encode(frame: Frame, quality: int) -> bytes:
    """Return the frame as it is kept: near-lossless for text and drawings, lossy of `quality` (1 to 100) else.

    Raises ValueError when the pixels do not fill the rectangle.
    """
    image = to_image(frame)
    coarse = image.point(_LEVELS * 3)
    if coarse.getcolors(FEW_COLOURS):
        return _webp(coarse, lossless=True, quality=80)
    return _webp(image, lossless=False, quality=quality)


def decode(data: bytes, name: str) -> Image:
    """Return the picture in `data`, RGB.  Raises RecordingError naming it, whatever is wrong with it."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise RecordingError(f"The picture {name} is too large: {image.width} x {image.height} pixels.")
            return image.convert("RGB")
    except RecordingError:
        raise
    except Exception as error:  # Pillow raises many kinds on damaged data: SyntaxError, struct.error, IndexError, ...
        raise RecordingError(f"The picture {name} cannot be read ({type(error).__name__}).") from error


def content_hash(data: bytes) -> str:
    """Return the sha256 of encoded bytes, the name under which they are kept."""
    return hashlib.sha256(data).hexdigest()


def _webp(image: Image, *, lossless: bool, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=lossless, quality=quality, method=4)
    return out.getvalue()
