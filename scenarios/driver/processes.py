"""Starts a session's processes, and ends exactly those, by pid."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from scenarios.driver.spec import ScenarioError

T = TypeVar("T")
PR_SET_CHILD_SUBREAPER = 36


class Processes:
    """What one session started.  Everything carries SCENARIO_RUN=<id> in its environment."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.run_id = uuid.uuid4().hex[:12]
        self.env = {**environment, "SCENARIO_RUN": self.run_id}
        self._started: list[subprocess.Popen[bytes]] = []
        self._tagged: set[int] = set()
        # Orphans of applications come back to us, so that none is left behind.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)

    def start(
        self,
        argv: Sequence[str],
        cwd: Path,
        name: str = "",
        env: dict[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own; its output goes to a log in the folder."""
        with (self.folder / f"log-{name or Path(argv[0]).name}.txt").open("ab") as log:
            process = subprocess.Popen(
                list(argv),
                env=env or self.env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=tuple(pass_fds),
            )
        self._started.append(process)
        return process

    def start_announcing(self, argv: Callable[[int], Sequence[str]], cwd: Path) -> str:
        """Start a process that writes one line to the descriptor it is given; return that line."""
        reading, writing = os.pipe()
        self.start(argv(writing), cwd, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as announced:
            return announced.readline().strip()

    def run(self, *argv: str, timeout: float = 8, given: str | None = None) -> str:
        """Run a short command and return its output; empty when it takes too long."""
        try:
            done = subprocess.run(
                argv, env=self.env, capture_output=True, text=True, timeout=timeout, input=given, check=False
            )
        except subprocess.TimeoutExpired:
            return ""
        return done.stdout.strip()

    def end(self, last: int = 2) -> list[int]:
        """End everything; the first `last` processes (X server, bus) go last.  Return what would not go."""
        kept = {process.pid for process in self._started[:last]}
        for how, wait in ((signal.SIGTERM, 2.5), (signal.SIGKILL, 2.0)):
            for final in (False, True):
                self._signal([pid for pid in self._mine() if (pid in kept) == final], how)
                until = time.monotonic() + wait
                while time.monotonic() < until and [pid for pid in self._mine() if (pid in kept) == final]:
                    time.sleep(0.05)
        left = self._mine()
        for _ in range(10):  # the last orphans come to us: leave no zombies
            left = self._mine()
            time.sleep(0.05)
        return left

    def _signal(self, pids: Sequence[int], how: signal.Signals) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)

    def _mine(self) -> list[int]:
        """Return live pids that carry our tag or belong to a session we opened, reaping zombies on the way.

        Chromium's children overwrite their environment, so the tag alone would miss them.
        """
        sessions = {process.pid for process in self._started}
        alive = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            state = self._state(entry, sessions)
            if state == "zombie":
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(int(entry.name), os.WNOHANG)
            elif state == "ours":
                alive.append(int(entry.name))
                self._tagged.add(int(entry.name))
        for process in self._started:
            process.poll()
        return alive

    def _state(self, entry: Path, sessions: set[int]) -> str:
        pid = int(entry.name)
        try:
            fields = (entry / "stat").read_bytes().rsplit(b")", 1)[1].split()
            zombie, parent, session = fields[0] == b"Z", int(fields[1]), int(fields[3])
            ours = session in sessions or pid in self._tagged or (not zombie and self._carries_tag(entry))
        except (OSError, IndexError):
            return "gone"
        if not ours:
            return "other"
        if not zombie:
            return "ours"
        return "zombie" if parent == os.getpid() and pid not in sessions else "gone"

    def _carries_tag(self, entry: Path) -> bool:
        return f"SCENARIO_RUN={self.run_id}".encode() in (entry / "environ").read_bytes().split(b"\0")


def wait_for(look: Callable[[], T | None], timeout: float, what: str) -> T:
    """Return the first true value of `look`.  Raises ScenarioError that names what did not come."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise ScenarioError(f"{what} did not come within {timeout:g} s")
