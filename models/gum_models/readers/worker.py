"""The reader's own process: in {"rect", "area", "scale"} and the pixels of `rect`, out {"text"} or {"error"}."""

from __future__ import annotations

from typing import Any

from gum.protocols import Reader
from gum.records import Frame, Rect
from gum_models.apart.serving import Answer, serve

NICE = 5


def build(settings: dict[str, Any]) -> Answer:
    """Return what reads a frame.  Raises ReaderError when the reader cannot be had."""
    reader = _reader(settings["reader"], settings["language"])

    def read(request: dict[str, Any], pixels: bytes) -> dict[str, Any]:
        frame = Frame(Rect(*request["rect"]), pixels, request["scale"])
        return {"text": reader.read(frame, Rect(*request["area"]))}

    return read


def _reader(name: str, language: str) -> Reader:
    if name == "rapidocr":
        from gum_models.readers.rapid import RapidReader

        return RapidReader()
    from gum_models.readers.tesseract import TesseractReader

    return TesseractReader(language)


if __name__ == "__main__":
    serve(build, NICE, memory_score=500)
