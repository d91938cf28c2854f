"""Waiting for what comes about by itself, in other threads and processes."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

PATIENCE_S = 30.0


def until(holds: Callable[[], object], seconds: float = PATIENCE_S, what: str = "it") -> None:
    """Wait until something holds; fail when it does not in time, with what was waited for."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come about in {seconds:g} s"
        time.sleep(0.01)


def has_ended(pid: int) -> bool:
    """Return whether a process has ended; one that nobody has yet asked how it ended has."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
