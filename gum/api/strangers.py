"""The connections on which nobody has shown a valid token yet: few of them, and none for long.

Without this any program of this machine could hold so many idle connections that the person's own finds no place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

Address = tuple[str, int]

MOST = 64
SECONDS = 10.0


class Timer(Protocol):
    """What can be called off."""

    def cancel(self) -> None: ...


class Strangers:
    """Ends connections of strangers: the oldest when there are too many, each when its time is over.

    Used from one thread: the server's.
    """

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self.most = most
        self.seconds = seconds
        self._waiting: dict[Address, tuple[Callable[[], None], Timer]] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def came(self, address: Address | None, end: Callable[[], None], later: Callable[..., Timer]) -> None:
        """Note a new connection; `end` ends it, `later` calls something after so many seconds."""
        if address is None:
            return
        self._waiting[address] = (end, later(self.seconds, self._end, address))
        if len(self._waiting) > self.most:
            self._end(next(iter(self._waiting)))

    def is_known(self, address: Any) -> None:
        """Let a connection stay: a valid token was shown on it."""
        self.left(tuple(address) if address else None)

    def left(self, address: Address | None) -> None:
        """Forget a connection that has ended."""
        _, timer = self._waiting.pop(address, (None, None)) if address else (None, None)
        if timer is not None:
            timer.cancel()

    def _end(self, address: Address) -> None:
        end, _ = self._waiting.get(address, (None, None))
        self.left(address)
        if end is not None:
            end()
