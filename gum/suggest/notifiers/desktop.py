"""Desktop notifications by the library desktop-notifier (extra `[desktop]`): macOS, Windows, and D-Bus on Linux."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import shlex
import sys
import threading
from collections.abc import Coroutine
from typing import Any

from gum.errors import DesktopError
from gum.protocols import Answer
from gum.suggest.notifiers.freedesktop import ACTIONS, APP, LONGEST, REPLY_S

LIBRARY = "desktop-notifier>=6.2"
_LASTS_S = 20
_QUIET = logging.CRITICAL + 1  # the library would log what a notification says


class DesktopNotifier:
    """Tells through the library, whose event loop runs in a thread of its own."""

    name = "desktop"

    def __init__(self, answer: Answer) -> None:
        if importlib.util.find_spec("desktop_notifier") is None:
            added = shlex.join([sys.executable, "-m", "pip", "install", LIBRARY])
            raise DesktopError(f"The library desktop-notifier is not installed; add it with: {added}")
        self._answer = answer
        self._library: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told: dict[str, int] = {}
        self._lock = threading.Lock()

    def tell(self, suggestion: int, title: str) -> None:
        """Show a suggestion with its three answers.  Raises DesktopError where nothing can be shown."""
        with self._lock:
            self._told[self._send("A suggestion", title, suggestion)] = suggestion

    def say(self, title: str, line: str) -> None:
        """Show a line that asks for nothing.  Raises DesktopError."""
        with self._lock:
            self._send(title, line)

    def withdraw(self, suggestion: int) -> None:
        """Take a suggestion off the screen, where it still is."""
        with self._lock:
            for shown in [id for id, told in self._told.items() if told == suggestion]:
                del self._told[shown]
                try:
                    self._wait(self._library.clear(shown))
                except (DesktopError, KeyError):  # closed already
                    continue

    def close(self) -> None:
        """End; what is on screen stays."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    # ------------------------------------------------------------------ the library

    def _send(self, title: str, line: str, suggestion: int | None = None) -> str:
        self._open()
        from desktop_notifier import Button

        words = " ".join(line.split())
        short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        sent = threading.Event()
        offered = zip(ACTIONS[::2], ACTIONS[1::2], strict=True) if suggestion is not None else ()
        buttons = [Button(label, on_pressed=self._pressed(suggestion, key)) for key, label in offered]
        shown = self._wait(self._library.send(title, short, buttons=buttons, on_dispatched=sent.set, timeout=_LASTS_S))
        if not sent.is_set():  # the library tells of a failure in its log alone
            raise DesktopError("The desktop shows no notifications of this program.")
        return str(shown)

    def _pressed(self, suggestion: int | None, said: str) -> Any:
        def pressed() -> None:
            """Answer in another thread: the loop of the library must not wait for what comes of it."""
            threading.Thread(target=answered, name="notification answer", daemon=True).start()

        def answered() -> None:
            with self._lock:
                known = [id for id, told in self._told.items() if told == suggestion]
                for id in known:
                    del self._told[id]
            if known and suggestion is not None:
                self._answer(suggestion, said)

        return pressed

    def _open(self) -> None:
        if self._loop is not None:
            return
        logging.getLogger("desktop_notifier").setLevel(_QUIET)
        try:
            import desktop_notifier

            self._library = desktop_notifier.DesktopNotifier(APP, app_icon=None)
        except Exception as error:  # what a system lacks shows in many ways
            raise DesktopError(f"Nothing can be shown on the desktop ({type(error).__name__}).") from error
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=_run, args=(self._loop,), name="notification loop", daemon=True).start()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Return what comes of it in the loop's thread.  Raises DesktopError when it fails or takes too long."""
        if self._loop is None:
            work.close()
            raise DesktopError("There is no connection to the desktop.")
        waiting = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return waiting.result(REPLY_S)
        except TimeoutError as error:
            waiting.cancel()
            raise DesktopError("The desktop does not answer.") from error


def _run(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()
