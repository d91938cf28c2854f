"""Screens without pictures: a text becomes the pixels of a frame, and a reader gets it back.

So everything between an observer and an observation is the real thing, but for the reading of letters; what a reader
gets wrong is simulated with the text.
"""

from __future__ import annotations

import hashlib

from gum.records import Frame, Rect

WIDTH = 64
_PIXEL = 4


def drawn(text: str) -> Frame:
    """Return a frame that holds the text; frames of different texts differ in many places."""
    data = text.encode()
    length = len(data).to_bytes(_PIXEL, "little")
    first = length + hashlib.sha512(data).digest() * 3  # a row that differs all over when a letter does
    row = first[: WIDTH * _PIXEL].ljust(WIDTH * _PIXEL, b"\0")
    height = 1 + -(-len(data) // (WIDTH * _PIXEL))
    return Frame(Rect(0, 0, WIDTH, height), (row + data).ljust(WIDTH * height * _PIXEL, b"\0"))


class DrawnReader:
    """Reads what `drawn` has drawn."""

    name = "drawn"

    def read(self, frame: Frame, area: Rect) -> str:  # noqa: ARG002 - the whole frame is one window
        """Return the text of a frame."""
        length = int.from_bytes(frame.pixels[:_PIXEL], "little")
        start = WIDTH * _PIXEL
        return frame.pixels[start : start + length].decode()

    def close(self) -> None:
        """Nothing is held open."""
