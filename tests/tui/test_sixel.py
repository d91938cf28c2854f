"""Pixels in sixels are the pixels that a terminal draws from them."""

from __future__ import annotations

import re

import numpy as np
from gum_tui.sixel import sixel
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

ROUNDED = 255 / 100 / 2 + 1
"""A sixel colour has steps of a hundredth."""

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def drawn(sequence: str) -> Image.Image:
    """Draw as a terminal does; what no colour covers is magenta, and no pixel lies outside what was announced."""
    head = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)(.*)\x1b\\', sequence, re.DOTALL)
    assert head, sequence[:80]
    width, height = int(head[1]), int(head[2])
    canvas = np.full((height, width, 3), (255, 0, 255), dtype=np.uint8)
    palette: dict[int, tuple[int, ...]] = {}
    colour, x, top = (0, 0, 0), 0, 0
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|(?:!(\d+))?([?-~])|([$-])", head[3]):
        number, red, green, blue, times, bits, move = token.groups()
        if red is not None:
            palette[int(number)] = tuple(round(int(each) * 255 / 100) for each in (red, green, blue))
        elif number is not None:
            colour = palette[int(number)]
        elif move:
            x, top = 0, top + 6 * (move == "-")
        else:
            for row in range(6):
                if (ord(bits) - 0x3F) >> row & 1:
                    canvas[top + row, x : x + int(times or 1)] = colour
                    assert x + int(times or 1) <= width
            x += int(times or 1)
    return Image.fromarray(canvas)


@given(st.integers(1, 40), st.integers(1, 25), st.lists(COLOURS, min_size=1, max_size=8, unique=True), st.randoms())
def test_every_pixel_is_drawn_once_in_its_colour(width: int, height: int, colours: list, random) -> None:  # type: ignore[no-untyped-def, type-arg]
    pixels = np.array([[random.choice(colours) for _ in range(width)] for _ in range(height)], dtype=np.uint8)
    again = np.asarray(drawn(sixel(Image.fromarray(pixels))))
    assert again.shape == pixels.shape
    assert np.abs(again.astype(int) - pixels).max() <= ROUNDED


def test_a_picture_of_more_colours_than_there_are_registers_stays_close() -> None:
    ramp = np.stack([*np.meshgrid(np.arange(0, 256, 2), np.arange(0, 256, 4)), np.zeros((64, 128))], axis=-1)
    again = np.asarray(drawn(sixel(Image.fromarray(ramp.astype(np.uint8)))))
    assert np.abs(again.astype(int) - ramp).mean() < 8
