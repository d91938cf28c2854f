"""Frames made small enough for the projector's budget."""

from __future__ import annotations

import io
import math

from gum.records import Frame

PATCH = 28  # pixels on a side that become one token in the Qwen-VL family


def to_png(frame: Frame, tokens: int) -> bytes:
    """Return the frame as PNG, scaled down so that it costs about `tokens` image tokens at most."""
    from PIL import Image

    size = (frame.rect.width, frame.rect.height)
    image = Image.frombuffer("RGB", size, frame.pixels, "raw", "BGRX", 0, 1)
    scale = min(1.0, math.sqrt(tokens * PATCH * PATCH / (size[0] * size[1])))
    small = image.resize((max(PATCH, int(size[0] * scale)), max(PATCH, int(size[1] * scale))), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
