"""The pictures in which something was read: real pixels where the terminal shows them, half blocks elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PIL import Image, UnidentifiedImageError
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import FRAME, bindings
from gum_tui.remote import CallFailed, Remote
from gum_tui.widgets.picture import picture
from gum_tui.widgets.reading import Reading


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is kept, by its name, and what was read in it."""

    frame: str
    about: Content


@dataclass
class FrameRead(Message):
    """The daemon gave the picture at this place."""

    place: int
    frame: bytes


class FrameDialog(Dialog[None]):
    """Shows the first of some pictures, the newest, and goes to the others by key; as wide as the terminal allows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FRAME)

    def __init__(self, remote: Remote, kept: Sequence[Kept]) -> None:
        super().__init__("What was on screen")
        self._remote = remote
        self._kept = kept
        self._place = 0

    def body(self) -> Iterable[Widget]:
        yield Static(id="summary")
        yield Reading(id="pixels")

    def on_mount(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "step" or len(self._kept) > 1

    def action_step(self, step: int) -> None:
        """Go to an older picture or to a newer one."""
        place = min(max(self._place + step, 0), len(self._kept) - 1)
        if place != self._place:
            self._place = place
            self._show()

    def _show(self) -> None:
        place, kept = self._place, self._kept[self._place]
        count = f"\npicture {place + 1} of {len(self._kept)}; [ older, ] newer" if len(self._kept) > 1 else ""
        self.query_one("#summary", Static).update(Content.assemble(kept.about, (count, "$quiet")))
        self._remote.read(self, "frame", lambda client: client.frame(kept.frame), lambda frame: FrameRead(place, frame))

    async def on_frame_read(self, message: FrameRead) -> None:
        if message.place == self._place:
            await self._put(self._drawn(message.frame))

    async def on_call_failed(self, message: CallFailed) -> None:
        message.stop()
        await self._put(Static(Content.styled(inert(str(message.error)), "$quiet")))

    async def _put(self, shown: Widget) -> None:
        pixels = self.query_one("#pixels", Reading)
        await pixels.remove_children()
        await pixels.mount(shown)
        pixels.scroll_home(animate=False)

    def _drawn(self, frame: bytes) -> Widget:
        try:
            pixels = Image.open(io.BytesIO(frame)).convert("RGB")
        except (UnidentifiedImageError, OSError):
            return Static(Content.styled("The picture cannot be read.", "$quiet"))
        return picture(pixels, id="picture")
