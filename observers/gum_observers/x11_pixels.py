"""Grabbing pixels of an X11 screen, and what to do when its layout changes under our hands."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from gum.errors import DesktopError
from gum.records import Monitor, Rect


class Grabber:
    """Grabs areas of the screen.  Opened anew whenever the layout of the monitors changes.

    Raises DesktopError when the screen cannot be grabbed at all.
    """

    def __init__(self, display: str, monitors: tuple[Monitor, ...]) -> None:
        self._display = display
        self._monitors = monitors
        self._open: Any = self._opened()

    def grab(self, area: Rect, monitors: tuple[Monitor, ...]) -> bytearray | None:
        """Return rows of BGRX pixels; None when the server refused, as it does amid a layout change."""
        if self._open is None or monitors != self._monitors:
            self.close()
            self._open, self._monitors = self._opened(), monitors
        box = {"left": area.x, "top": area.y, "width": area.width, "height": area.height}
        try:
            pixels: bytearray = self._open.grab(box).raw
            return pixels
        except Exception:  # noqa: BLE001 - mss shows a refusing or vanished server as AssertionError and others too
            self.close()
            return None

    def close(self) -> None:
        if self._open is not None:
            with suppress(Exception):  # the same: closing meets a server that is gone
                self._open.close()
        self._open = None

    def _opened(self) -> Any:
        import mss

        try:
            return mss.MSS(display=self._display)
        except Exception as error:
            raise DesktopError(
                f"The screen cannot be grabbed: {error}. It needs 24 or 32 bits a pixel and the system libraries "
                "libxcb1, libxcb-randr0, libxcb-render0, libxcb-shm0 and libxcb-xfixes0."
            ) from error
