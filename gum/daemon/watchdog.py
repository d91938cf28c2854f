"""Watches over observing from outside: does the display answer, do frames come; tries to bring them back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

from gum.daemon.desktop import SharedDesktop
from gum.daemon.observing import ObserverThread
from gum.daemon.problems import Problems
from gum.errors import DesktopError

log = logging.getLogger(__name__)

LOOK_S = 5.0
AGAIN_S = 15.0
SCREEN = "screen"


class Watchdog:
    """Asks the display every few seconds, and starts again what no longer brings frames."""

    def __init__(self, desktop: SharedDesktop, observers: Sequence[ObserverThread], problems: Problems) -> None:
        self.desktop = desktop
        self._observers = observers
        self._problems = problems
        self._asked: float | None = None
        self._tries = 0
        self._tried = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to ask the display; a thread of its own, for a display that hangs holds up whoever asks it."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; a display that hangs may still hold its thread."""
        self._stop.set()

    @property
    def unanswered(self) -> timedelta:
        """For how long the display has left a question unanswered."""
        asked = self._asked
        return timedelta(seconds=time.monotonic() - asked if asked is not None else 0)

    @property
    def recovery(self) -> str:
        """What was tried to make frames come again, as the end of a sentence; empty when nothing had to be."""
        if not self._tries:
            return ""
        what = "the screen observer was started again" if self._tries == 1 else "the display was opened anew"
        return f"{what} {time.monotonic() - self._tried:.0f} s ago, try {self._tries}"

    def frames(self, missing: bool) -> None:
        """Hear whether frames are missing, and do something about it: first the observer, then the display."""
        if not missing:
            if self._tries:
                log.info("frames come again after %d tries", self._tries)
            self._tries = 0
            return
        if self._tries and time.monotonic() - self._tried < AGAIN_S:
            return
        self._tries += 1
        self._tried = time.monotonic()
        log.warning("no frames although there is input: try %d to bring them back", self._tries)
        if self._tries > 1:
            self.desktop.renew()
        for one in self._observers:
            if self._tries > 1 or one.name == SCREEN:
                one.restart()

    def look_at_desktop(self) -> None:
        """Ask what the desktop lacks by now, such as a window manager that has ended."""
        self._asked = time.monotonic()
        try:
            missing = self.desktop.missing()
        except DesktopError:  # the observers meet it too, and say so
            return
        except Exception as error:  # a stranger's desktop may raise anything; the daemon must outlive it
            log.exception("the desktop could not be asked")
            missing = [f"The desktop failed ({type(error).__name__}); the log says where."]
        finally:
            self._asked = None
        if missing:
            self._problems.set("desktop", " ".join(missing))
        else:
            self._problems.clear("desktop")

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_S):
            self.look_at_desktop()
