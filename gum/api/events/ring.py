"""The latest events, in memory.  An event's place is `<run>-<number>`; another run's place is unknown here."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gum.wire import EventView

KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event and its number within this run."""

    number: int
    event: EventView


class Ring:
    """Keeps the newest events and wakes those who listen.  Safe to use from several threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._run = secrets.token_hex(4)
        self._events: deque[Numbered] = deque(maxlen=kept)
        self._last = 0
        self._lock = threading.Lock()
        self._listeners: set[Callable[[], None]] = set()
        self.closed = False

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def put(self, events: Sequence[EventView]) -> None:
        """Add events and wake every listener."""
        if not events:
            return
        with self._lock:
            for event in events:
                self._last += 1
                self._events.append(Numbered(self._last, event))
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self._wake()

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Have `wake` called, from any thread, when there is something new; return what ends that."""
        with self._lock:
            self._listeners.add(wake)

        def end() -> None:
            with self._lock:
                self._listeners.discard(wake)

        return end

    def last(self) -> int:
        """Return the number of the newest event, 0 before the first."""
        return self._last

    def place(self, number: int) -> str:
        """Return an event's place as listeners are told it."""
        return f"{self._run}-{number}"

    def number(self, place: str) -> int | None:
        """Return the number of a place; None when it is of another run, or when events after it are gone already."""
        run, _, digits = place.partition("-")
        if run != self._run or not (digits.isascii() and digits.isdecimal()) or len(digits) > 18:
            return None
        with self._lock:
            oldest = self._events[0].number if self._events else self._last + 1
            return int(digits) if oldest - 1 <= int(digits) <= self._last else None

    def after(self, number: int, most: int) -> list[Numbered] | None:
        """Return the events after a number, at most so many; None when some of them are gone already."""
        with self._lock:
            if self._events and number < self._events[0].number - 1:
                return None
            skipped = number - (self._events[0].number - 1) if self._events else 0
            return [self._events[place] for place in range(skipped, min(len(self._events), skipped + most))]

    def _wake(self) -> None:
        with self._lock:
            waiting = list(self._listeners)
        for wake in waiting:
            wake()
