"""Frames as files."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageFont

from gum.errors import RecordingError
from gum.perceive.encoding import decode, encode, from_image, near_lossless, to_image
from gum.records import Frame, Rect


def text_picture() -> Image.Image:
    image = Image.new("RGB", (640, 400), (255, 255, 255))
    for row in range(20):
        line = "In 1878 keeper Elling Brandvold lit this lamp for strangers at sea."
        ImageDraw.Draw(image).text((8, row * 20), line, font=ImageFont.load_default(14), fill=(20, 20, 60))
    return image


def photo() -> Image.Image:
    chance = random.Random(4)
    small = Image.frombytes("RGB", (40, 25), chance.randbytes(40 * 25 * 3))
    return small.resize((640, 400), Image.Resampling.BICUBIC)


def frame(image: Image.Image) -> Frame:
    return from_image(image, Rect(0, 0, *image.size))


def test_pixels_become_a_picture_and_pixels_again() -> None:
    image = text_picture()
    assert to_image(frame(image)).tobytes() == image.tobytes()


def test_text_is_kept_within_eight_levels() -> None:
    image = text_picture()
    back = decode(encode(frame(image), 60), "x")
    assert max(abs(a - b) for a, b in zip(image.tobytes(), back.tobytes(), strict=True)) <= 8


def test_text_takes_less_than_lossy_and_a_photo_less_than_lossless() -> None:
    lossy = io.BytesIO()
    text_picture().save(lossy, "WEBP", quality=60, method=4)
    assert len(encode(frame(text_picture()), 60)) < len(lossy.getvalue())
    assert len(encode(frame(photo()), 60)) < len(near_lossless(photo()))


@pytest.mark.parametrize("rect", [Rect(0, 0, 10, 11), Rect(0, 0, 0, 0), Rect(0, 0, -10, -10)])
def test_pixels_that_do_not_fill_the_frame_are_refused(rect: Rect) -> None:
    with pytest.raises(ValueError, match="do not make"):
        to_image(Frame(rect, b"\0" * 400))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8L", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_named(data: bytes) -> None:
    with pytest.raises(RecordingError, match=r"shot\.webp"):
        decode(data, "shot.webp")


def test_a_picture_too_large_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (8000, 8100)).save(out, "PNG")
    with pytest.raises(RecordingError, match="too large"):
        decode(out.getvalue(), "shot.png")
