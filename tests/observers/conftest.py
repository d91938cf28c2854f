"""A real desktop for these tests: Xvfb with openbox, and programs on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from gum_observers.x11 import X11Desktop

from gum.protocols import Desktop, Excluded, Observer, ObserverContext
from gum.records import Capture
from tests.waiting import until

NEEDED = ("Xvfb", "openbox", "xterm", "mousepad", "xdotool", "xprop", "xwininfo", "xrandr", "i3lock")


class Session:
    """An X server of its own, with a window manager if wanted; everything it starts ends with it."""

    def __init__(self, *options: str, manager: bool = True) -> None:
        self._started: list[subprocess.Popen[bytes]] = []
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x900x24", "-nolisten", "tcp", "-noreset"]
        self.server = subprocess.Popen([*command, *options], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()
        if manager:
            self.start("openbox", "--sm-disable")
            until(lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command, env=self._env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        self._started.append(process)
        return process

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self._env(), capture_output=True, text=True, check=False, timeout=60)
        return done.stdout

    def xterm(self, title: str, *options: str) -> int:
        """Open a terminal and return its window id once it has the focus."""
        self.start("xterm", "-T", title, *options, "-e", "sleep", "600")
        return self.focused(title)

    def focused(self, title: str) -> int:
        """Wait until a window of this title has the focus; return its id."""
        until(lambda: self.run("xdotool", "getactivewindow", "getwindowname").strip() == title)
        id = int(self.run("xdotool", "getactivewindow"))
        until(lambda: hex(id) in self.run("xprop", "-root", "_NET_CLIENT_LIST"))
        return id

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        process.wait()

    def stop_last(self) -> None:
        self.stop(self._started.pop())

    def clear(self) -> None:
        """End every program but the window manager."""
        manager, *others = self._started
        for process in reversed(others):
            self.stop(process)
        self._started = [manager]
        until(lambda: "0x" not in self.run("xprop", "-root", "_NET_CLIENT_LIST"))

    def close(self) -> None:
        for process in [*reversed(self._started), self.server]:
            self.stop(process)

    def _env(self) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        return {**env, "DISPLAY": self.display, "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8"}


class Watch:
    """Runs an observer in a thread and keeps what it yields, with the time of arrival."""

    def __init__(self, observer: Observer) -> None:
        self.captures: list[Capture] = []
        self.arrived: list[float] = []
        self.error: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(observer,))
        self._thread.start()

    def _run(self, observer: Observer) -> None:
        try:
            for capture in observer.captures(self._stop):
                self.captures.append(capture)
                self.arrived.append(time.monotonic())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.error = error

    def of(self, title: str) -> list[Capture]:
        return [capture for capture in self.captures if capture.title == title]

    def ended(self, timeout: float) -> bool:
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def stop(self) -> None:
        self._stop.set()
        assert self.ended(10)


def titled(word: str) -> Excluded:
    """Return a rule that excludes windows by a word of the title."""
    return lambda window: word in window.title


@pytest.fixture(scope="session")
def shared_session() -> Iterator[Session]:
    session = open_session()
    yield session
    session.close()


@pytest.fixture
def session(shared_session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The shared desktop, empty at the start and at the end of each test."""
    monkeypatch.setenv("DISPLAY", shared_session.display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield shared_session
    shared_session.clear()


@pytest.fixture
def new_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Session]]:
    """Starts a desktop of the test's own, which it may break."""
    opened: list[Session] = []

    def start(*options: str, manager: bool = True) -> Session:
        opened.append(open_session(*options, manager=manager))
        monkeypatch.setenv("DISPLAY", opened[-1].display)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        return opened[-1]

    yield start
    for session in opened:
        session.close()


@pytest.fixture
def desktop(session: Session) -> Iterator[X11Desktop]:
    opened = X11Desktop()
    yield opened
    opened.close()


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    """Starts observers; they end with the test."""
    watches: list[Watch] = []

    def start(
        kind: type[Observer], desktop: Desktop, excluded: Excluded = lambda window: False, **settings: Any
    ) -> Watch:
        context = ObserverContext(desktop, excluded, settings, lambda: datetime.now(UTC))
        watches.append(Watch(kind(context)))
        return watches[-1]

    yield start
    for watch in watches:
        watch.stop()


def open_session(*options: str, manager: bool = True) -> Session:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"a desktop needs {', '.join(missing)}")
    return Session(*options, manager=manager)
