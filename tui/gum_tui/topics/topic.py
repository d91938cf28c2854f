"""A topic: what the daemon is asked, the rows made of the answer, and what can be done with a row."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client
from gum_tui.inert import inert

MARGIN = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its id and the answer of the daemon that it stands for."""

    id: str
    content: Content
    subject: object = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a topic shows: a few lines above, and rows."""

    intro: Content
    rows: tuple[Row, ...] = ()

    def changed(self, id: str, row: Row | None) -> Shown:
        """Return the same with another row in the place of one, or without it."""
        kept = [row if each.id == id else each for each in self.rows]
        return replace(self, rows=tuple(each for each in kept if each is not None))


@dataclass(frozen=True, slots=True)
class Act:
    """A change: how to ask for it, how its row looks from now on (None: it is gone), what is told when it is done.

    `back` takes it back, where that can be done; with `question` the person is asked before.
    """

    call: Callable[[Client], object]
    row: Row | None
    words: str
    back: Callable[[Client], object] | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What opens for a row: a heading, a text, and where it comes from."""

    heading: str
    text: str
    source: str


class Topic(ABC):
    """One topic of a screen.  `ACTIONS` are those of the screen's keys that it takes."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    EMPTY: ClassVar[str] = ""
    ACTIONS: ClassVar[frozenset[str]] = frozenset()
    LIVE: ClassVar[bool] = True
    """Whether it is asked for again as time goes by; else only when the person comes back to it."""

    ASKING: ClassVar[str] = "Asking the daemon …"

    @abstractmethod
    def read(self, client: Client, now: datetime) -> Shown:
        """Ask the daemon.  Raises ClientError."""

    def act(self, action: str, row: Row) -> Act | None:  # noqa: ARG002
        """Return what an action does with a row; None when it does nothing with this one."""
        return None

    def details(self, client: Client, row: Row) -> Details | None:  # noqa: ARG002
        """Return what opens for a row; None when there is no more to it.  Raises ClientError."""
        return None


def fact(name: str, value: str, width: int = 22) -> Content:
    """Return a name with its value behind it, as a line of facts."""
    return Content.assemble((name.ljust(width), "$quiet"), inert(value))


def facts(pairs: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    """Return facts as rows."""
    return tuple(Row(name, fact(name, value)) for name, value in pairs)


def titled(title: str, about: str, sign: str = "", colour: str = "$primary") -> Content:
    """Return a title with a quieter line below; the sign stands before the second."""
    mark = (f"{sign} ", colour) if sign else ""
    return Content.assemble(inert(title), "\n", mark, (inert(about), "$quiet"))
