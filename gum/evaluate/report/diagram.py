"""The reliability diagram as a picture: what was said against what was true."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

SIDE = 480
EDGE = 64
_INK, _GREY, _BEFORE, _AFTER = "#222222", "#bbbbbb", "#c06020", "#2060a0"
_LARGEST, _SMALLEST = 16, 4

Bins = Sequence[Mapping[str, float]]


def reliability_diagram(calibrated: Bins, uncalibrated: Bins) -> bytes:
    """Return a PNG with a point for each bin, as large as the bin is full, beside the line of perfect calibration."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (SIDE + 2 * EDGE, SIDE + 2 * EDGE), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(13)
    _axes(draw, font)
    _points(draw, uncalibrated, _BEFORE, filled=False)
    _points(draw, calibrated, _AFTER, filled=True)
    for row, (name, colour, filled) in enumerate((("calibrated", _AFTER, True), ("uncalibrated", _BEFORE, False))):
        top = EDGE + 10 + 20 * row
        draw.ellipse((EDGE + 10, top, EDGE + 20, top + 10), fill=colour if filled else None, outline=colour, width=2)
        draw.text((EDGE + 28, top - 3), name, colour, font)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _axes(draw: ImageDraw, font: FreeTypeFont | ImageFont) -> None:
    for tenth in range(0, 11, 2):
        x, y = _place(tenth / 10, tenth / 10)
        draw.line((x, EDGE, x, EDGE + SIDE), "#eeeeee")
        draw.line((EDGE, y, EDGE + SIDE, y), "#eeeeee")
        draw.text((x - 10, EDGE + SIDE + 6), f"{tenth / 10:.1f}", _INK, font)
        draw.text((EDGE - 30, y - 8), f"{tenth / 10:.1f}", _INK, font)
    draw.rectangle((EDGE, EDGE, EDGE + SIDE, EDGE + SIDE), outline=_INK)
    draw.line((*_place(0, 0), *_place(1, 1)), _GREY, 2)
    draw.text((EDGE + SIDE // 2 - 70, EDGE + SIDE + 30), "probability that was said", _INK, font)
    draw.text((EDGE - 40, EDGE - 30), "share that was true", _INK, font)


def _points(draw: ImageDraw, bins: Bins, colour: str, *, filled: bool) -> None:
    most = max((one["count"] for one in bins), default=1)
    centres = [_place(one["mean"], one["true"]) for one in bins]
    if len(centres) > 1:
        draw.line(centres, colour, 1)
    for (x, y), one in zip(centres, bins, strict=True):
        size = max(_SMALLEST, round(_LARGEST * (one["count"] / most) ** 0.5))
        area = (x - size, y - size, x + size, y + size)
        draw.ellipse(area, fill=colour if filled else None, outline=colour, width=2)


def _place(said: float, true: float) -> tuple[int, int]:
    return EDGE + round(said * SIDE), EDGE + SIDE - round(true * SIDE)
