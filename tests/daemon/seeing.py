"""An observer whose captures a test makes up, offered as strangers offer theirs."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gum import plugins
from gum.config import Config
from gum.errors import DesktopError
from gum.protocols import Desktop, ObserverContext, Stop
from gum.records import Capture
from tests.working import settings

NAME = "eye"


class Eye:
    """What the test lets the observer see; `fail` makes it fail at its next look."""

    def __init__(self) -> None:
        self._seen: queue.SimpleQueue[Capture | BaseException] = queue.SimpleQueue()
        self._watching = threading.Event()
        self.contexts: list[ObserverContext] = []

    def see(self, capture: Capture) -> None:
        self._seen.put(capture)

    def fail(self, error: BaseException) -> None:
        self._seen.put(error)

    def watched(self) -> bool:
        return self._watching.is_set()

    def settings(self, **sections: dict[str, Any]) -> Config:
        return settings(**{"capture": {"observers": [NAME]}, **sections})

    def observer(self, context: ObserverContext) -> _Observer:
        self.contexts.append(context)
        return _Observer(self._seen, self._watching)


class _Observer:
    name = NAME

    def __init__(self, seen: queue.SimpleQueue[Capture | BaseException], watching: threading.Event) -> None:
        self._seen = seen
        self._watching = watching

    def captures(self, stop: Stop) -> Iterator[Capture]:
        self._watching.set()
        try:
            while not stop.is_set():
                try:
                    seen = self._seen.get(timeout=0.02)
                except queue.Empty:
                    continue
                if isinstance(seen, BaseException):
                    raise seen
                yield seen
        finally:
            self._watching.clear()


@contextmanager
def seeing() -> Iterator[Eye]:
    """Offer the eye as an observer, and no desktop but what the test gives."""
    eye = Eye()
    plugins.register("gum.observers", NAME, eye.observer)
    try:
        yield eye
    finally:
        plugins.unregister("gum.observers", NAME)


def refusing() -> Callable[[], Desktop]:
    """Return an opener of desktops that finds none."""

    def opener() -> Desktop:
        raise DesktopError("There is no display.")

    return opener
