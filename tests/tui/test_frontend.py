"""`gumctl` finds the interface by its entry point; in a real terminal its window bears our name."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

from gum_tui.frontend import WINDOW_TITLE, TuiFrontend

from gum import plugins
from gum.config import Exclude
from gum.perceive.exclusion import Exclusion
from gum.protocols import Frontend
from gum.records import Rect, Window
from tests.tui.driving import Daemon

PROGRAM = (
    "import sys; from gum.client import Client; from gum_tui.frontend import TuiFrontend; "
    "sys.exit(TuiFrontend().run(Client(*sys.argv[1:])))"
)
ASKED, ANSWERED = b"\x1b[c", b"\x1b[?62;22c"
"""A terminal is asked for its abilities, and says that it shows no pixels."""

PATIENCE_S = 30.0


class Terminal:
    """A pseudo-terminal with our interface in it."""

    def __init__(self, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | {"TERM": "xterm-256color"},
            close_fds=True,
            start_new_session=True,
        )
        os.close(theirs)
        self.written = b""

    def wait_for(self, *words: str) -> None:
        """Read until all the words were written.  Raises AssertionError."""
        deadline = time.monotonic() + PATIENCE_S
        while not all(each.encode() in self.written for each in words):
            assert time.monotonic() < deadline, self.written[-4000:]
            self._read()

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def leave(self) -> int:
        """Press q and return the exit code."""
        self.type("q")
        deadline = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self._read()
        self._read()
        os.close(self._ours)
        return self.process.returncode

    def vanish(self) -> None:
        """Close the window; nobody sends the signal for it."""
        os.close(self._ours)

    def _read(self) -> None:
        if select.select([self._ours], [], [], 0.1)[0]:
            try:
                read = os.read(self._ours, 65536)
            except OSError:
                return
            self.written += read
            if ASKED in read:
                os.write(self._ours, ANSWERED)


def test_it_is_found_by_its_name_and_keeps_the_protocol() -> None:
    frontend: Frontend = plugins.load("gum.frontends", "tui")()
    assert isinstance(frontend, TuiFrontend)
    assert frontend.name == "tui"


def test_in_a_terminal_it_shows_the_data_names_its_window_and_leaves_on_q(daemon: Daemon) -> None:
    terminal = Terminal(daemon.url, daemon.token)
    terminal.wait_for(f"\x1b]0;{WINDOW_TITLE}\x07", "Beliefs to review", "survey-report.md")
    terminal.type("2")
    terminal.wait_for("search by words")
    assert terminal.leave() == 0
    assert b"\x1b[23;2t" in terminal.written, "the window gets its own title back"
    assert ASKED in terminal.written, "what it can show is asked"


def test_it_ends_when_its_terminal_is_gone(daemon: Daemon) -> None:
    terminal = Terminal(daemon.url, daemon.token)
    terminal.wait_for("survey-report.md")
    terminal.vanish()
    assert terminal.process.wait(PATIENCE_S) == -signal.SIGHUP


def test_hostile_text_reaches_no_terminal(daemon: Daemon) -> None:
    terminal = Terminal(daemon.url, daemon.token)
    terminal.wait_for("Beliefs to review", "owned")
    assert terminal.leave() == 0
    assert b"\x1b]0;owned" not in terminal.written
    assert "\u202e".encode() not in terminal.written


def test_it_leaves_at_once_though_the_daemon_is_away(daemon: Daemon) -> None:
    daemon.go_away()
    terminal = Terminal(daemon.url, daemon.token)
    terminal.wait_for("No daemon answers")
    began = time.monotonic()
    assert terminal.leave() == 0
    assert time.monotonic() - began < 5


def test_a_window_of_this_title_is_never_observed() -> None:
    place = Rect(0, 0, 10, 10)
    ours = Window(1, "xterm", WINDOW_TITLE, None, place, place)
    other = Window(2, "xterm", "notes", None, place, place)
    excluded = Exclusion(Exclude())
    assert excluded(ours)
    assert not excluded(other)
