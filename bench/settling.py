"""A daemon that has just started looks at its index and at every probability once; what is measured waits for that."""

from __future__ import annotations

import time

import psutil

SETTLED_S = 120.0
LOOKING_S = 3.0


def settle(daemon: psutil.Process) -> None:
    """Wait until the daemon does nothing."""
    deadline = time.monotonic() + SETTLED_S
    taken = processor(daemon)
    while time.monotonic() < deadline:
        time.sleep(LOOKING_S)
        before, taken = taken, processor(daemon)
        if taken - before < 0.1:
            return


def processor(daemon: psutil.Process) -> float:
    """Return the processor time of the daemon and its children so far, what it ingests beside included."""
    taken = [one.cpu_times() for one in (daemon, *daemon.children(recursive=True))]
    return sum(one.user + one.system for one in taken)
