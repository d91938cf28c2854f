"""The first run: five short steps; it can be opened again from the commands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from gum_tui import welcome
from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import WELCOME, bindings
from gum_tui.remote import CallFailed, Remote
from gum_tui.widgets.reading import Reading


@dataclass
class StepRead(Message):
    """The text of a step is known."""

    place: int
    text: str


class WelcomeDialog(Dialog[bool]):
    """Closes with True after the last step, with None when the person leaves before."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WELCOME)

    def __init__(self, remote: Remote) -> None:
        super().__init__("Welcome")
        self._remote = remote
        self._place = 0

    def body(self) -> Iterable[Widget]:
        yield Static(id="step")
        with Reading():
            yield Static(id="text", markup=False)
        yield Static(Content("enter goes on, h goes back; escape leaves. ctrl-w shows it again."), classes="hint")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        place, step, now = self._place, welcome.STEPS[self._place], self._remote.now
        title = Content.assemble((step.title, "bold"), (f"   {place + 1} of {len(welcome.STEPS)}", "$quiet"))
        self.query_one("#step", Static).update(title)
        self.query_one("#text", Static).update("…")
        self._remote.read(self, "welcome", lambda client: step.text(client, now), lambda text: StepRead(place, text))

    def on_step_read(self, message: StepRead) -> None:
        if message.place == self._place:
            self.query_one("#text", Static).update(Content(inert(message.text, lines=True)))
            self.query_one(Reading).scroll_home(animate=False)

    def on_call_failed(self, message: CallFailed) -> None:
        self.query_one("#text", Static).update(Content(inert(str(message.error))))

    def action_next(self) -> None:
        """Go on; after the last step close."""
        if self._place + 1 == len(welcome.STEPS):
            self.dismiss(True)
        else:
            self._place += 1
            self._show()

    def action_previous(self) -> None:
        """Go back a step."""
        if self._place:
            self._place -= 1
            self._show()
