"""The picture in which something was read: real pixels where the terminal shows them, half blocks elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image, UnidentifiedImageError
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.widgets.picture import picture


class FrameDialog(Dialog[None]):
    """Closes on escape; the picture is as wide as the terminal allows."""

    def __init__(self, about: Content, frame: bytes) -> None:
        super().__init__("What was on screen")
        self._about = about
        self._frame = frame

    def body(self) -> Iterable[Widget]:
        yield Static(self._about, id="summary")
        with VerticalScroll(can_focus=True):
            yield self._shown()

    def _shown(self) -> Widget:
        try:
            pixels = Image.open(io.BytesIO(self._frame)).convert("RGB")
        except (UnidentifiedImageError, OSError):
            return Static(Content.styled("The picture cannot be read.", "$quiet"))
        return picture(pixels, self.app, id="picture")
