"""What is being done for suggestions just now, step by step; kept in memory while it lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gum.protocols import ReportStep

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and what share of all is done by now, None where that is not known."""

    words: str
    share: float | None


class Doing:
    """The present step of each suggestion that is being carried out or written anew."""

    def __init__(self) -> None:
        self._steps: dict[int, Step] = {}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, id: int, words: str) -> Iterator[ReportStep]:
        """Yield a function that is told each step; after the block nothing is being done."""

        def report(words: str, share: float | None = None) -> None:
            known = None if share is None else min(1.0, max(0.0, float(share)))
            with self._lock:
                self._steps[id] = Step(" ".join(str(words).split())[:_LONGEST], known)

        report(words)
        try:
            yield report
        finally:
            with self._lock:
                self._steps.pop(id, None)

    def now(self, id: int) -> Step | None:
        """Return the present step, None when nothing is being done."""
        with self._lock:
            return self._steps.get(id)
