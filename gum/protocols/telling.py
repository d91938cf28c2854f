"""The person's desktop: telling them there, and receiving the notifications of other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from gum.protocols.observing import Stop
from gum.records import Capture

#: Takes the person's answer to a suggestion: its id, and 'accept', 'later' or 'dismiss'.
Answer = Callable[[int, str], None]


class Notifier(Protocol):
    """Tells the person on the desktop, in one line, without stealing focus.  All raise DesktopError where it cannot."""

    name: str

    def __init__(self, answer: Answer) -> None:
        """Make ready; `answer` is called in a thread of the notifier's own."""
        ...

    def tell(self, suggestion: int, title: str) -> None:
        """Show a suggestion, with Accept, Later and Dismiss where that can be."""
        ...

    def say(self, title: str, line: str) -> None:
        """Show a line that asks for nothing."""
        ...

    def withdraw(self, suggestion: int) -> None:
        """Take a suggestion off the screen, where it still is."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification that a program handed to our own server.

    `capture` is what may be kept of it, and is seen or excluded like any other; `names` are all names that its program
    goes by.  `replaces` is the id in whose place it comes, or 0.  It is `ours` when this very process sent it.
    """

    capture: Capture
    names: frozenset[str]
    urgency: str
    replaces: int = 0
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a notification: it is shown at once, held for later, or left to the digest.

    `kept` is false for one that may not be kept, which has to be shown, then.
    """

    id: int
    fate: Literal["show", "hold", "leave"]
    kept: bool


class NotificationKeeper(Protocol):
    """Answers for the notifications that a server receives; all may raise StoreError."""

    def take(self, notice: Notice) -> Taken:
        """Commit a notification and say what becomes of it; the server answers its program after that alone."""
        ...

    def unshown(self, id: int) -> None:
        """Note that one could not be shown: it waits for a display."""
        ...

    def closed(self, id: int) -> None:
        """Note that one is done with: read, expired, or taken back by its program."""
        ...


class NotificationServer(Protocol):
    """Receives the notifications of other programs in the place of the desktop's own server, and shows them."""

    name: str

    def __init__(self, keeper: NotificationKeeper, now: Callable[[], datetime]) -> None: ...

    def serve(self, stop: Stop, ready: Callable[[], None]) -> None:
        """Be the server until told to stop, and say when it begins.

        Raises DesktopError where another is the server, and where it cannot go on; then it is the server no longer.
        """
        ...

    def show(self, id: int, title: str, text: str, urgency: str) -> None:
        """Show one; its words as its program gave them go before these.  Raises DesktopError without a display."""
        ...

    def drop(self, id: int) -> None:
        """Be done with one, shown or not, and tell its program."""
        ...
