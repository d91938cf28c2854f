"""A stop that a signal gives.

The handler of a signal runs in the main thread, between any two of its steps: it takes no lock, as the set of a
`threading.Event` does, for the thread may hold that lock already.
"""

from __future__ import annotations

import contextlib
import select
import signal
import socket
from types import FrameType


class StopBySignal:
    """Told to stop by SIGTERM or SIGINT, from its making on; a `gum.protocols.Stop` for the main thread."""

    def __init__(self) -> None:
        self._set = False
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def is_set(self) -> bool:
        return self._set

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is told, or for so many seconds; return whether it is."""
        if not self._set:
            select.select([self._heard], [], [], timeout)
        return self._set

    def close(self) -> None:
        """Give back what it holds; a signal that comes later is remembered all the same."""
        self._heard.close()
        self._told.close()

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._set = True
        with contextlib.suppress(OSError):  # full, so that the waiting one wakes anyhow, or closed
            self._told.send(b"\0")
