"""Pixels as text in the sixel format, which many terminals draw: bands six pixels high, one colour after the other."""

from __future__ import annotations

import re

import numpy as np
from PIL.Image import Image, Palette

BAND = 6
COLOURS = 256
_EMPTY = 0x3F
"""The character of six pixels of which none has the colour; each pixel that has it adds its power of two."""

_ALIKE = re.compile(rb"(.)\1{3,}", re.DOTALL)


def sixel(pixels: Image) -> str:
    """Return the escape sequence that draws the pixels at the cursor and touches nothing around them."""
    few = pixels.convert("RGB").convert("P", palette=Palette.ADAPTIVE, colors=COLOURS)
    places = np.asarray(few)
    used = np.unique(places)
    palette = np.asarray(few.getpalette(), dtype=np.float64).reshape(-1, 3)
    colours = "".join(
        f"#{place};2;{red:.0f};{green:.0f};{blue:.0f}"
        for place, (red, green, blue) in zip(used, palette[used] * (100 / 255), strict=True)
    )
    bands = b"-".join(_band(places[top : top + BAND]) for top in range(0, few.height, BAND))
    return f'\x1bP0;1;0q"1;1;{few.width};{few.height}{colours}{bands.decode("ascii")}\x1b\\'


def _band(rows: np.ndarray) -> bytes:
    used = np.unique(rows)
    powers = (1 << np.arange(len(rows), dtype=np.uint8)).astype(np.uint8)
    lines = np.einsum("crx,r->cx", rows[None] == used[:, None, None], powers, dtype=np.uint8) + np.uint8(_EMPTY)
    drawn = (line.tobytes().rstrip(b"%c" % _EMPTY) for line in lines)
    return b"$".join(b"#%d" % place + _ALIKE.sub(_counted, line) for place, line in zip(used, drawn, strict=True))


def _counted(alike: re.Match[bytes]) -> bytes:
    return b"!%d%b" % (len(alike[0]), alike[1])
