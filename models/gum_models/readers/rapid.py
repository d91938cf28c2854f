"""Text from pixels by RapidOCR, an optional reader: seven times the work of Tesseract, for other scripts and photos.

Its models come inside the package `rapidocr` (extra `[rapidocr]`), so that nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from typing import Any

from gum.errors import ReaderError
from gum.protocols import Reader
from gum.records import Frame, Rect
from gum_models import extras
from gum_models.readers.pixels import cut


def reader(apart_s: float | None = None) -> Reader:
    """Return the reader, in a process of its own where `apart_s` says for how long that rests before it ends.

    Raises ReaderError when the extra is not installed.
    """
    if apart_s is None or os.name != "posix":
        return RapidReader()
    from gum_models.readers.apart import ApartReader

    if importlib.util.find_spec("rapidocr") is None:
        raise ReaderError(_absent())
    return ApartReader(RapidReader.name, "", apart_s)


def _absent() -> str:
    return f"RapidOCR is not installed; add it with: {extras.command('rapidocr')}"


class RapidReader:
    """Reads any area of a frame, one at a time.  Raises ReaderError when the extra is not installed."""

    name = "rapidocr"

    def __init__(self) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError as error:
            raise ReaderError(_absent()) from error
        self._engine: Any = RapidOCR(params={"Global.log_level": "critical"})
        self._lock = threading.Lock()

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        import numpy as np

        image = cut(frame, area)
        if image is None:
            return ""
        with self._lock:
            found = self._engine(np.asarray(image.convert("RGB"))[:, :, ::-1])
        return "\n".join(found.txts or ())

    def close(self) -> None:
        """Nothing is held open."""
