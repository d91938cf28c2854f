"""Runs observers: one thread each, started again with back-off when one fails, held while paused."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from gum import plugins
from gum.clock import Clock
from gum.config import Config
from gum.daemon.desktop import SharedDesktop
from gum.errors import DesktopError, GumError
from gum.protocols import Desktop, Excluded, Observer, ObserverContext, unhurried
from gum.records import Capture

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 8.0
STEADY_S = 30.0

State = Literal["running", "waiting", "paused", "stopped"]


def settings_of(name: str, config: Config) -> dict[str, Any]:
    """Return an observer's settings: the common ones, and its own section over them."""
    common = {
        "heartbeat_s": config.capture.heartbeat_s,
        "settle_s": config.capture.settle_s,
        "idle_s": config.capture.idle_s,
    }
    return common | config.observers.get(name, {})


class ObserverThread:
    """One observer and its life.  `put` receives each capture in this thread."""

    def __init__(
        self,
        name: str,
        kind: Callable[[ObserverContext], Observer],
        *,
        desktop: SharedDesktop,
        excluded: Excluded,
        settings: dict[str, Any],
        put: Callable[[Capture], None],
        clock: Clock,
        pace: Callable[[], float] = unhurried,
    ) -> None:
        self.name = name
        self.state: State = "stopped"
        self.missing: list[str] = []
        self.last_event: datetime | None = None
        self.restarts = 0
        self.no_display = False
        self._kind = kind
        self._desktop = desktop
        self._excluded = excluded
        self._settings = settings
        self._put = put
        self._clock = clock
        self._pace = pace
        self._stopping = threading.Event()
        self._paused = threading.Event()
        self._halt = threading.Event()  # ends the present run only
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"observer-{name}", daemon=True)

    def start(self, paused: bool = False) -> None:
        if paused:
            self._paused.set()
        self._thread.start()

    def pause(self) -> None:
        """End the present run; nothing is captured until `resume`."""
        self._paused.set()
        self._halt.set()
        self._wake.set()

    def resume(self) -> None:
        self._paused.clear()
        self._wake.set()

    def restart(self) -> None:
        """End the present run and begin another at once."""
        self._halt.set()
        self._wake.set()

    def stop(self) -> None:
        """Ask it to end; `join` waits for it."""
        self._stopping.set()
        self._halt.set()
        self._wake.set()

    def join(self, timeout: float) -> bool:
        """Return whether it has ended."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _live(self) -> None:
        wait = FIRST_WAIT_S
        while not self._stopping.is_set():
            if self._paused.is_set():
                self.state = "paused"
                self._sleep(None)
                continue
            began = time.monotonic()
            self._run()
            if self._stopping.is_set() or self._paused.is_set():
                continue
            wait = FIRST_WAIT_S if time.monotonic() - began > STEADY_S else min(wait * 2, LONGEST_WAIT_S)
            self.state = "waiting"
            self.restarts += 1
            self._sleep(wait)
        self.state = "stopped"

    def _sleep(self, seconds: float | None) -> None:
        self._wake.wait(seconds)
        self._wake.clear()

    def _run(self) -> None:
        """Run the observer until it ends, is halted or fails; say why in `missing`."""
        self._halt.clear()
        if self._paused.is_set() or self._stopping.is_set():  # asked between the check and the clearing
            return
        desktop, reason = self._opened()
        try:
            self._observe(desktop)
            if not self._halt.is_set():
                self.missing = ["The observer ended by itself."]
        except DesktopError as error:
            self.missing = [reason or str(error)]
            self.no_display = True
            if desktop is not None:
                self._desktop.lost(desktop)
        except GumError as error:
            self.missing = [str(error)]
        except Exception as error:  # a stranger's observer may raise anything; only this thread may suffer
            self.missing = [f"The observer failed ({type(error).__name__}); the log says where."]
            log.exception("observer %s failed", self.name)

    def _opened(self) -> tuple[Desktop | None, str]:
        try:
            return self._desktop.get(), ""
        except DesktopError as error:
            return None, str(error)

    def _observe(self, desktop: Desktop | None) -> None:
        observer = self._kind(ObserverContext(desktop, self._excluded, self._settings, self._clock, self._pace))
        captures = observer.captures(self._halt)
        self.state = "running"
        self.no_display = False
        self.missing = desktop.missing() if desktop is not None else []
        for capture in captures:
            if self._halt.is_set():
                return
            self.last_event = self._clock()
            self._put(capture)


def threads_of(
    config: Config,
    *,
    desktop: SharedDesktop,
    excluded: Excluded,
    put: Callable[[Capture], None],
    clock: Clock,
    pace: Callable[[], float],
) -> list[ObserverThread]:
    """Return a thread for each observer that the settings name.  Raises PluginError."""
    return [
        ObserverThread(
            name,
            kind,
            desktop=desktop,
            excluded=excluded,
            settings=settings_of(name, config),
            put=put,
            clock=clock,
            pace=pace,
        )
        for name, kind in plugins.load_all("gum.observers", config.capture.observers).items()
    ]
