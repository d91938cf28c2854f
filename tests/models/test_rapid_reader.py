"""The optional reader: told of where it is absent, and right where it is there."""

from __future__ import annotations

import importlib.util

import pytest
from gum_models.readers.rapid import RapidReader
from PIL import Image, ImageDraw, ImageFont

from gum.errors import ReaderError
from gum.perceive.encoding import from_image
from gum.records import Rect

INSTALLED = importlib.util.find_spec("rapidocr") is not None


@pytest.mark.skipif(INSTALLED, reason="the [rapidocr] extra is installed")
def test_without_the_extra_the_command_that_adds_it_is_named() -> None:
    with pytest.raises(ReaderError, match="rapidocr"):
        RapidReader()


@pytest.mark.skipif(not INSTALLED, reason="the [rapidocr] extra is not installed")
def test_lines_are_read_from_top_to_bottom() -> None:
    image = Image.new("RGB", (700, 120), "white")
    font = ImageFont.truetype("DejaVuSans.ttf", 22)
    for top, line in ((10, "The lamp was lit in 1878"), (60, "by its first keeper")):
        ImageDraw.Draw(image).text((10, top), line, font=font, fill="black")
    frame = from_image(image, Rect(0, 0, 700, 120))
    assert RapidReader().read(frame, frame.rect) == "The lamp was lit in 1878\nby its first keeper"
