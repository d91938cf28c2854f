"""What an observer sees: windows, pixels, counts of input."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from gum.records.trust import Trust


class Rect(NamedTuple):
    """A rectangle in screen pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Window:
    """One managed window; `client` is its content, `frame` adds the decorations."""

    id: int
    app: str
    title: str
    pid: int | None
    client: Rect
    frame: Rect
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor of the desktop; `scale` is device pixels per logical pixel."""

    name: str
    rect: Rect
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Raw pixels, rows of BGRX, 4 bytes a pixel; `rect` is where they lie on the screen."""

    rect: Rect
    pixels: bytes = field(repr=False)
    scale: float = 1.0
    monitor: str = ""


@dataclass(frozen=True, slots=True)
class InputCounts:
    """How much was typed and clicked since the last capture, never which keys."""

    keys: int = 0
    clicks: int = 0
    scrolls: int = 0
    idle_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Capture:
    """What an observer saw at one instant, already masked; never stored as such.

    `kind` is 'frame' (pixels), 'window' (focus or title changed), 'activity' (input counts) or
    'text' (a text from any other sensor).  `source` is unique for captures that may be sent
    twice (a replay, a spool): the store keeps one observation per source and kind.
    """

    observer: str
    kind: str
    captured_at: datetime
    app: str = ""
    title: str = ""
    url: str = ""
    text: str = ""
    window: Window | None = None
    frame: Frame | None = None
    input: InputCounts = InputCounts()
    trust: Trust = Trust.SYSTEM
    excluded: bool = False
    locked: bool = False
    source: str = ""
