"""Work done by several threads at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

LONGEST_S = 120.0


def at_once(work: Sequence[Callable[[], object]]) -> None:
    """Do each piece of work in a thread of its own, all of them from the same moment; raise what one of them raised.

    The threads are started one after another and wait for each other: a tracer that installs itself in each new thread,
    as coverage does, is not safe where several begin together.
    """
    gate, failed = threading.Event(), list[BaseException]()

    def run(one: Callable[[], object], here: threading.Event) -> None:
        here.set()
        gate.wait()
        try:
            one()
        except BaseException as error:  # noqa: BLE001 - it is raised again in the test's own thread
            failed.append(error)

    threads = []
    for one in work:
        here = threading.Event()
        threads.append(threading.Thread(target=run, args=(one, here)))
        threads[-1].start()
        assert here.wait(LONGEST_S)
    gate.set()
    for thread in threads:
        thread.join(LONGEST_S)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    if failed:
        raise failed[0]
