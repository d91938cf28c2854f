"""A reader in a process of its own: it gets the pixels that are asked for and gives back their text."""

from __future__ import annotations

from gum.errors import ReaderError
from gum.protocols import WorkerState
from gum.records import Frame, Rect
from gum_models.apart.service import Apart

LONGEST_S = 45.0


class ApartReader:
    """Reads by the built-in reader of this `name`; safe to call from several threads, one frame is read at a time."""

    def __init__(self, name: str, language: str, idle_s: float) -> None:
        self.name = name
        what = {"reader": name, "language": language}
        self._apart = Apart("The reader", "gum_models.readers.worker", what, idle_s=idle_s, error=ReaderError)

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        band = rows_of(frame, area)
        if band is None:
            return ""
        request = {"rect": _numbers(band.rect), "area": _numbers(area), "scale": band.scale}
        return str(self._apart.ask(request, LONGEST_S, band.pixels)["text"])

    def worker(self) -> WorkerState:
        """Return how the reader's process is and how it has fared."""
        return self._apart.state()

    def rest(self) -> None:
        """End the process at once, unless it is at work."""
        self._apart.rest()

    def close(self) -> None:
        """End the process."""
        self._apart.close()


def rows_of(frame: Frame, area: Rect) -> Frame | None:
    """Return the rows of the frame that the area touches, None where there are none; nothing else need be sent.

    Raises ReaderError when the pixels do not fill the frame.
    """
    rect = frame.rect
    if len(frame.pixels) != rect.width * rect.height * 4:
        raise ReaderError("The frame cannot be read as pixels (ValueError).")
    top, bottom = max(area.y, rect.y), min(area.y + area.height, rect.y + rect.height)
    if top >= bottom:
        return None
    if (top, bottom) == (rect.y, rect.y + rect.height):
        return frame
    stride = rect.width * 4
    pixels = frame.pixels[(top - rect.y) * stride : (bottom - rect.y) * stride]
    return Frame(Rect(rect.x, top, rect.width, bottom - top), pixels, frame.scale, frame.monitor)


def _numbers(rect: Rect) -> tuple[int, int, int, int]:
    return rect.x, rect.y, rect.width, rect.height
