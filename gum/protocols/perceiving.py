"""Reading pixels and turning texts into vectors, each in a process of its own where that is safer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from gum.records import Frame, Rect


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A process that a plug-in keeps for its native code: `pid` is None and `memory_bytes` 0 while it rests.

    It was started `starts` times and died `deaths` times by itself; `trouble` is what went wrong last.
    """

    pid: int | None
    memory_bytes: int
    starts: int
    deaths: int
    trouble: str


@runtime_checkable
class Apart(Protocol):
    """What a reader, embedder or engine may offer that works in a process of its own."""

    def worker(self) -> WorkerState: ...

    def rest(self) -> None:
        """End the process at once, unless it is at work; the next question starts another."""
        ...


class Reader(Protocol):
    """Reads text from pixels.

    Its constructor may ask for `language`, and for `apart_s`: the daemon gives a number of seconds, after which a
    process of its own, in which it is to work, ends when nothing is asked; None lets it work in the present process.
    """

    name: str

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        ...

    def close(self) -> None: ...


class Embedder(Protocol):
    """Turns texts into vectors on the device, without network.

    Its constructor may ask for the `folder` of its model, and for `apart_s` as a reader may.
    """

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector a text.  Raises EmbedderError."""
        ...
