"""The daemon of the home in force, for a command to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gum import paths

if TYPE_CHECKING:
    from gum.client import Client


@contextmanager
def daemon() -> Iterator[Client]:
    """Yield a client of the running daemon.  Raises DaemonAbsentError when there is none."""
    from gum.daemon.lifecycle import connect

    with connect(paths.home()) as client:
        yield client
