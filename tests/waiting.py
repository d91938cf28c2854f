"""Waiting for what comes about by itself, in other threads and processes."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 20.0


def until(holds: Callable[[], object], seconds: float = PATIENCE_S, what: str = "it") -> None:
    """Wait until something holds; fail when it does not in time, with what was waited for."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come about in {seconds:g} s"
        time.sleep(0.01)
