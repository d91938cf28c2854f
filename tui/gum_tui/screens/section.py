"""What all screens share: the line on top, the banner, the footer, the keys, and asking the daemon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from gum.client import Client
from gum.errors import ClientError, RefusedError
from gum_tui.inert import inert
from gum_tui.keys import Key
from gum_tui.remote import Remote
from gum_tui.widgets.banner import Banner
from gum_tui.widgets.key_line import KeyLine
from gum_tui.widgets.navigation import Navigation

Value = TypeVar("Value")


@dataclass
class Refused(Message):
    """A change was not made; `undo` takes back what the screen had shown of it."""

    error: ClientError
    undo: Callable[[], None]


@dataclass
class OpenIn(Message):
    """Go to another screen, to one thing there; 0 is no thing, `moment` a time of a day.

    `episode` and `observation` ask for the beliefs that have evidence from it, and `about` says so in words; for
    Privacy `about` names the topic.
    """

    mode: str
    id: int
    moment: datetime | None = None
    episode: int | None = None
    observation: int | None = None
    about: str = ""


class Section(Screen[None]):
    """One of the main screens.  `reload` asks the daemon for what it shows; answers come as messages."""

    MODE: ClassVar[str]
    KEYS: ClassVar[tuple[Key, ...]]
    HELP_TEXT: ClassVar[str]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (180, "-very-wide")]  # noqa: RUF012

    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, remote: Remote) -> None:
        super().__init__()
        self.remote = remote
        self._seen: object = None

    def compose(self) -> ComposeResult:
        yield Navigation(self.MODE)
        yield Banner()
        yield from self.body()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the top line and the footer."""
        raise NotImplementedError

    def reload(self) -> None:
        """Ask the daemon for everything that this screen shows."""
        raise NotImplementedError

    def settle(self) -> None:
        """Let go of what was only kept in its place so that the person can go on with it."""

    def open(self, wanted: OpenIn) -> None:
        """Show what another screen asks for."""

    def show_status(self) -> None:
        """Show what of the status this screen tells; the top line and the banner are already done."""

    def state(self) -> object:
        """Return what of the status makes a reload necessary when it differs."""
        status = self.remote.status
        return (status.today, status.queue.waiting) if status else None

    def on_screen_resume(self) -> None:
        self._seen = self.state()
        self.status_changed()
        self.reload()

    @property
    def stands(self) -> bool:
        """Whether its widgets are there: no longer so once it is being taken down, though it is still on the stack."""
        return self.is_mounted and self.is_attached and self.display

    def status_changed(self) -> None:
        """Show the status that the daemon gave, and ask anew for what has changed with it."""
        self.query_one(Navigation).show(self.remote.status, self.remote.trouble)
        self.query_one(Banner).show(self.remote.trouble)
        self.show_status()
        state = self.state()
        if state != self._seen:
            self._seen = state
            self.reload()

    def read(self, lane: str, call: Callable[[Client], Value], answer: Callable[[Value], Message]) -> None:
        """Ask on a lane of this screen; the answer comes to this screen as a message."""
        self.remote.read(self, f"{self.MODE}.{lane}", call, answer)

    def change(
        self, call: Callable[[Client], Value], answer: Callable[[Value], Message], undo: Callable[[], None]
    ) -> None:
        """Have something changed; `undo` takes back what was shown of it, should the daemon refuse."""
        self.remote.change(self, call, answer, lambda error: Refused(error, undo))

    def on_refused(self, message: Refused) -> None:
        message.undo()
        title = "Not done" if isinstance(message.error, RefusedError) else "The daemon did not answer"
        self.tell(str(message.error), title=title, wrong=True)

    def tell(self, text: str, *, title: str = "", wrong: bool = False) -> None:
        """Show a short message; nothing in it is read as markup."""
        self.notify(inert(text), title=title, severity="warning" if wrong else "information", markup=False)
