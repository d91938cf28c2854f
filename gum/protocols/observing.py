"""Seeing: the desktop of a platform, and the observers that are views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from gum.records import Capture, Frame, InputCounts, Monitor, Window

Excluded = Callable[[Window], bool]


class Stop(Protocol):
    """Says when to stop; a `threading.Event` is one."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float | None = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent look at the desktop: geometry and titles were equal before and after the grab.

    `frames` hold one frame a monitor, excluded windows already black.  `active_excluded` is true
    when the focused window is on the exclusion list; its title and app are then empty.
    """

    taken_at: datetime
    windows: tuple[Window, ...]
    active: Window | None
    frames: tuple[Frame, ...]
    active_excluded: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class DesktopEvent:
    """Something changed: 'focus', 'title', 'input', 'damage' or 'lost' (the display went away).

    `counts` is all input since the desktop was opened up to this event, so that what follows it is told apart.
    """

    kind: str
    at: datetime
    counts: InputCounts = field(default_factory=InputCounts)


class Desktop(Protocol):
    """One platform's desktop.  Observers are views of it; it is shared by them and thread-safe."""

    name: str

    def missing(self) -> list[str]:
        """Return a sentence for each thing the platform does not offer here; empty when all is well."""
        ...

    def monitors(self) -> list[Monitor]: ...

    def windows(self) -> list[Window]:
        """Return the managed windows, bottom to top."""
        ...

    def active(self) -> Window | None: ...

    def subscribe(self, receive: Callable[[DesktopEvent], None]) -> Callable[[], None]:
        """Call `receive` on each event from now on; return a function that ends it."""
        ...

    def look(self, excluded: Excluded) -> Snapshot:
        """Return what `snapshot` would, without pixels: `frames` is empty.  Raises DesktopError."""
        ...

    def snapshot(self, excluded: Excluded) -> Snapshot | None:
        """Grab every monitor; None when windows moved or titles changed during the grab.

        Raises DesktopError when the display went away.
        """
        ...

    def input_counts(self) -> InputCounts:
        """Return the counts since the desktop was opened, and the present idle time."""
        ...

    def close(self) -> None: ...


#: No pause is stretched beyond this, so that frames which stop coming are noticed within half a minute.
LONGEST_PAUSE_S = 18.0


def unhurried() -> float:
    """Return the pace where nothing has to be spared."""
    return 1.0


def longest_pause(heartbeat_s: float, pace: float) -> float:
    """Return how long an active window may go without a frame, for a heartbeat and a pace, in seconds."""
    return max(heartbeat_s, min(heartbeat_s * pace, LONGEST_PAUSE_S))


@dataclass(frozen=True, slots=True)
class ObserverContext:
    """What an observer is given: the desktop (None where there is none), the rules, its settings.

    `pace()` is how many times as long its pauses are to be just now, to hold what the daemon may take of the processor
    and the battery; a change of window waits for nothing.
    """

    desktop: Desktop | None
    excluded: Excluded
    settings: dict[str, Any]
    now: Callable[[], datetime]
    pace: Callable[[], float] = unhurried


@runtime_checkable
class Observer(Protocol):
    """Yields captures until told to stop; each observer runs in its own thread."""

    name: str

    def __init__(self, context: ObserverContext) -> None: ...

    def captures(self, stop: Stop) -> Iterator[Capture]: ...
