"""The front end that `gumctl tui` finds by its entry point."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from gum.client import Client

WINDOW_TITLE = "gum-desktop"
"""By this title the observers know our window, and never look at it."""

_SAVE_TITLE, _RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"


class TuiFrontend:
    """The terminal interface, over any terminal."""

    name = "tui"

    def run(self, client: Client) -> int:
        """Run until the person leaves; return the exit code.  A daemon that is away is waited for."""
        from gum_tui import customs, phrases, terminal
        from gum_tui.app import GumApp

        terminal.ask()
        _end_with_the_terminal()
        _follow_the_size()
        phrases.follow(customs.read())
        with titled_window():
            app = GumApp(client)
            app.run()
        return app.return_code or 0


def _end_with_the_terminal() -> None:
    """End when the terminal is gone, as a program does by the signal for it, also where nobody sends that."""
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    with suppress(OSError, ValueError):
        hangup = select.poll()
        hangup.register(sys.__stdin__.fileno(), 0)
        threading.Thread(target=_await_hangup, args=(hangup,), name="gum-hangup", daemon=True).start()


def _await_hangup(hangup: select.poll) -> None:
    if any(event & select.POLLHUP for _, event in hangup.poll()):
        os.kill(os.getpid(), signal.SIGHUP)


def _follow_the_size() -> None:
    """Where the terminal tells its size, what the environment says of it is not asked: it would never change."""
    with suppress(AttributeError, OSError, ValueError):
        if os.get_terminal_size(sys.__stdout__.fileno()).columns > 0:  # type: ignore[union-attr]
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)


@contextmanager
def titled_window() -> Iterator[None]:
    """Give the terminal's window our title, and its own back at the end."""
    terminal = sys.__stderr__
    if terminal is None or not terminal.isatty():
        yield
        return
    terminal.write(f"{_SAVE_TITLE}\x1b]0;{WINDOW_TITLE}\x07")
    terminal.flush()
    try:
        yield
    finally:
        terminal.write(_RESTORE_TITLE)
        terminal.flush()
