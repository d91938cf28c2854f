"""Frames as encoded images, and encoded images made small enough for a model's budget."""

from __future__ import annotations

import io
import math

from gum.errors import EngineError
from gum.records import Frame

#: Pixels on a side that become one token in the Qwen-VL families; others cost less for the same pixels.
PATCH = 28
SMALLEST = 56
LARGEST_PIXELS = 40_000_000


def encoded(frame: Frame) -> bytes:
    """Return the pixels of a frame as PNG."""
    from PIL import Image

    size = (frame.rect.width, frame.rect.height)
    out = io.BytesIO()
    Image.frombuffer("RGB", size, frame.pixels, "raw", "BGRX", 0, 1).save(out, "PNG", compress_level=1)
    return out.getvalue()


def fitted(image: bytes, tokens: int) -> bytes:
    """Return an encoded image as PNG, scaled down so that it costs about `tokens` image tokens at most.

    Raises EngineError for what is no image, or one of absurd size.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(image)) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise EngineError(f"A frame of {opened.width} x {opened.height} pixels is too large for a model.")
            plain = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise EngineError("A frame could not be decoded.") from error
    scale = min(1.0, math.sqrt(tokens * PATCH * PATCH / (plain.width * plain.height)))
    size = (max(SMALLEST, round(plain.width * scale)), max(SMALLEST, round(plain.height * scale)))
    out = io.BytesIO()
    plain.resize(size, Image.Resampling.LANCZOS).save(out, "PNG", compress_level=1)
    return out.getvalue()
