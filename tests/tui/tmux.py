"""`gumctl tui` in a real terminal: tmux holds it, keys go in as from a keyboard, and what stands there is read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE_S = 60.0
ESCAPE_S = 0.4
"""A terminal sends alt and a key as escape and the key; only what comes later is a key of its own."""


class Tmux:
    """One terminal with the interface in it; a context manager."""

    def __init__(self, folder: Path, home: Path, size: tuple[int, int] = (80, 24), **environment: str) -> None:
        self._socket = str(folder / "tmux")
        self._run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "-s", "one", "sleep 1000")
        self._run("set-option", "-g", "remain-on-exit", "on")
        given = {"GUM_HOME": str(home), "TERM": "tmux-256color", **environment}
        settings = [word for name, value in given.items() for word in ("-e", f"{name}={value}")]
        self._run("respawn-pane", "-k", *settings, "-t", "one", sys.executable, "-m", "gum", "tui")

    def __enter__(self) -> Tmux:
        return self

    def __exit__(self, *_: object) -> None:
        self._run("kill-server")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        for key in keys:
            self._run("send-keys", "-t", "one", key)
            if key == "Escape":
                time.sleep(ESCAPE_S)

    def type(self, text: str) -> None:
        self._run("send-keys", "-t", "one", "-l", text)

    def resize(self, width: int, height: int) -> None:
        self._run("resize-window", "-t", "one", "-x", str(width), "-y", str(height))

    def screen(self, *, styled: bool = False) -> str:
        """Return what stands in the terminal, with its escape sequences if asked for."""
        return self._run("capture-pane", "-p", *(["-e"] if styled else []), "-t", "one")

    def shows(self, *words: str) -> str:
        """Wait until all the words are there; return the screen."""
        deadline = time.monotonic() + PATIENCE_S
        while missing := [each for each in words if each not in self.screen()]:
            if time.monotonic() > deadline:
                pytest.fail(f"{missing} did not come; in the terminal was:\n{self.screen()}")
            time.sleep(0.05)
        return self.screen()

    def shows_no_more(self, words: str) -> None:
        """Wait until the words are gone."""
        deadline = time.monotonic() + PATIENCE_S
        while words in self.screen():
            if time.monotonic() > deadline:
                pytest.fail(f"{words!r} stayed; in the terminal was:\n{self.screen()}")
            time.sleep(0.05)

    def ended_with(self) -> int:
        """Wait until the program has left; return its exit code.

        tmux sometimes misses the signal by which the system tells it, so it is sent again.
        """
        deadline = time.monotonic() + PATIENCE_S
        server = int(self._run("display-message", "-p", "#{pid}"))
        while not (told := self._run("display-message", "-p", "-t", "one", "#{pane_dead_status}").strip()):
            assert time.monotonic() < deadline, self.screen()
            time.sleep(0.2)
            os.kill(server, signal.SIGCHLD)
        return int(told)

    def _run(self, *arguments: str) -> str:
        tmux = shutil.which("tmux") or "tmux"
        command = [tmux, "-S", self._socket, "-f", os.devnull, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S).stdout
