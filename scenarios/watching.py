"""Runs our observers on a display, as the daemon does, and hands on what they see."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from gum import plugins
from gum.config import Config
from gum.errors import GumError
from gum.perceive.exclusion import Exclusion
from gum.protocols import Desktop, Observer, ObserverContext
from gum.records import Capture


class Watching:
    """Observers in threads of their own, from entry to exit; `receive` gets each capture and its played second.

    `failed` holds what an observer raised.  The rules and the observers' names come from the settings.
    """

    def __init__(self, display: str, config: Config, receive: Callable[[Capture, float], None]) -> None:
        self._display, self._config, self._receive = display, config, receive
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.failed: list[GumError] = []

    def __enter__(self) -> Self:
        self._display_before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = self._display  # where a desktop backend looks
        self._desktop: Desktop = plugins.load("gum.desktops", "x11")()
        self._begun = datetime.now(UTC)
        context = ObserverContext(
            desktop=self._desktop,
            excluded=Exclusion(self._config.exclude),
            settings=_settings(self._config),
            now=lambda: datetime.now(UTC),
        )
        for name in self._config.capture.observers:
            observer: Observer = plugins.load("gum.observers", name)(context)
            thread = threading.Thread(target=self._observe, args=(observer,), name=f"observer-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)
        self._desktop.close()
        if self._display_before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = self._display_before

    def _observe(self, observer: Observer) -> None:
        try:
            for capture in observer.captures(self._stop):
                self._receive(capture, max(0.0, (capture.captured_at - self._begun).total_seconds()))
        except GumError as error:
            self.failed.append(error)


def _settings(config: Config) -> dict[str, Any]:
    return config.capture.model_dump(include={"heartbeat_s", "settle_s", "idle_s"})
