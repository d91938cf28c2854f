"""The exact difference of two looks at a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from gum.perceive.difference import BLOCK, changed_area, changed_blocks, is_unchanged
from gum.perceive.encoding import from_image
from gum.records import Frame, Rect

WIDTH, HEIGHT = 200, 100


def frame(*marks: tuple[int, int, int, int], scale: float = 1.0) -> Frame:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    for x, y, width, height in marks:
        ImageDraw.Draw(image).rectangle((x, y, x + width - 1, y + height - 1), fill="black")
    return from_image(image, Rect(0, 0, WIDTH, HEIGHT), scale)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
def test_one_changed_pixel_anywhere_marks_its_block_alone(x: int, y: int) -> None:
    blocks = changed_blocks(frame(), frame((x, y, 1, 1)))
    assert blocks.sum() == 1
    assert blocks[y // BLOCK, x // BLOCK]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60), st.integers(1, 50), st.integers(1, 40)), min_size=1))
def test_the_changed_area_is_the_smallest_that_holds_every_change(marks: list[tuple[int, int, int, int]]) -> None:
    left, top = min(m[0] for m in marks), min(m[1] for m in marks)
    right, bottom = max(m[0] + m[2] for m in marks), max(m[1] + m[3] for m in marks)
    assert changed_area(frame(), frame(*marks)) == Rect(left, top, right - left, bottom - top)


def test_equal_frames_have_no_difference() -> None:
    assert changed_area(frame((5, 5, 9, 9)), frame((5, 5, 9, 9))) is None
    assert is_unchanged(frame(), frame())


def test_a_blinking_cursor_is_no_change_but_a_letter_is() -> None:
    assert is_unchanged(frame(), frame((40, 20, 2, 18)))
    assert not is_unchanged(frame((40, 20, 2, 18)), frame((40, 20, 2, 18), (46, 20, 6, 12)))


def test_a_cursor_on_a_dense_screen_is_wider() -> None:
    assert is_unchanged(frame(scale=2), frame((40, 20, 5, 36), scale=2))
    assert not is_unchanged(frame(), frame((40, 20, 5, 36)))


def test_frames_of_different_sizes_are_never_unchanged() -> None:
    small = replace(frame(), rect=Rect(0, 0, HEIGHT, WIDTH))
    assert not is_unchanged(frame(), small)
    with pytest.raises(ValueError, match="cannot be compared"):
        changed_blocks(frame(), small)


def test_a_window_that_only_moved_is_unchanged() -> None:
    assert is_unchanged(frame((1, 1, 9, 9)), replace(frame((1, 1, 9, 9)), rect=Rect(70, 80, WIDTH, HEIGHT)))
