"""Sends a recording to a running daemon, over its deaths: what is sent again is not kept twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from gum.api.captures import to_wire
from gum.daemon.lifecycle import connect
from gum.daemon.playing import sourced
from gum.errors import ConfigError, DaemonAbsentError, GumError, RefusedError

if TYPE_CHECKING:
    from gum.client import Client
    from gum.paths import Home
    from gum.replay import Recording

PATIENCE_S = 60.0
WORKING_S = 600.0
FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 2.0

#: Answers that pass: the store could not be written just then, or too much was asked at once.
PASSING = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE})

Value = TypeVar("Value")
Report = Callable[[int, int], None]


class Sender:
    """One daemon that may die and come back at another address."""

    def __init__(self, home: Home, patience_s: float = PATIENCE_S) -> None:
        self._home = home
        self._patience_s = patience_s
        self._client: Client | None = None

    def send(self, recording: Recording, report: Report) -> int:
        """Send every capture, each committed before the next is sent; return how many there were.

        Raises DaemonAbsentError when no daemon comes back in time, RefusedError, RecordingError.
        """
        done = 0
        for capture in sourced(recording):
            body = to_wire(capture)
            self.ask(lambda client, body=body: client.add_observation(body))  # type: ignore[misc]
            done += 1
            report(done, recording.count)
        return done

    def settled(self) -> None:
        """Wait until all that was sent is worked on.  Raises GumError when that takes too long."""
        deadline = time.monotonic() + WORKING_S
        while time.monotonic() < deadline:
            if self.ask(_idle):
                return
            time.sleep(0.2)
        raise GumError("The daemon is still working on the recording; ask it later with: gumctl propositions list")

    def ask(self, question: Callable[[Client], Value]) -> Value:
        """Ask until an answer comes; the daemon may be away for as long as the patience lasts."""
        deadline, wait = time.monotonic() + self._patience_s, FIRST_WAIT_S
        while True:
            try:
                return question(self._connected())
            except (DaemonAbsentError, ConfigError, RefusedError) as error:
                if isinstance(error, RefusedError) and error.status not in PASSING:
                    raise
                if time.monotonic() > deadline:
                    raise
                self.close()  # another process answers at another address
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_S)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _connected(self) -> Client:
        if self._client is None:
            self._client = connect(self._home)
        return self._client


def _idle(client: Client) -> bool:
    queue = client.status().queue
    return queue.captures == queue.unsorted == queue.waiting == queue.running == 0
