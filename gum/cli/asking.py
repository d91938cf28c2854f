"""The daemon of the home in force, for a command to ask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gum import paths

if TYPE_CHECKING:
    from gum.client import Client, DaemonStatus

SETTLING_S = 10.0


@contextmanager
def daemon() -> Iterator[Client]:
    """Yield a client of the running daemon.  Raises DaemonAbsentError when there is none."""
    from gum.daemon.lifecycle import connect

    with connect(paths.home()) as client:
        yield client


def settled(client: Client) -> DaemonStatus:
    """Return the status once the observers have come up, or have had the time to."""
    from gum.daemon.status import STARTING

    deadline = time.monotonic() + SETTLING_S
    while True:
        status = client.status()
        if not status.verdict_text.endswith(STARTING) or time.monotonic() > deadline:
            return status
        time.sleep(0.1)
