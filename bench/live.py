"""A real daemon beside a scripted person on a virtual screen: how late it is, what it costs, what it keeps."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil

from gum.daemon import lifecycle
from gum.paths import Home
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario

IDLE_S, LIVE_S = 30.0, 60.0

SCENARIO = {
    "name": "bench",
    "persona": {"name": "Ines Abara", "login": "ines"},
    "screen": {"size": "1920x1080"},
    "files": {"notes.txt": "Notes\n"},
    "pages": {"lamp.test/": {"title": "The lamp", "body": "The lamp was lit in 1878 by its first keeper. " * 20}},
    "apps": {
        "editor": {"kind": "mousepad", "file": "notes.txt", "geometry": [20, 20, 900, 900]},
        "browser": {"kind": "chromium", "url": "lamp.test/", "geometry": [960, 20, 940, 900]},
        "term": {"kind": "xterm", "geometry": [300, 200, 900, 600]},
    },
}
ROUND = [
    {"do": "focus", "app": "editor"},
    {"do": "type", "text": "The keeper lit the lamp, and the boats came home before the storm.\n"},
    {"do": "focus", "app": "browser"},
    {"do": "scroll", "n": 2},
    {"do": "read", "s": 3},
    {"do": "focus", "app": "term"},
    {"do": "type", "text": "date; ls\n"},
    {"do": "read", "s": 2},
]
SWITCHES = 30


@dataclass(frozen=True)
class Cost:
    """Processor share of one core in percent, and resident memory in MB, of the daemon with its children."""

    cpu_percent: float
    memory_mb: float
    peak_mb: float


@dataclass(frozen=True)
class Live:
    """Everything measured beside one sitting."""

    start_s: float
    stop_s: float
    idle: Cost
    active: Cost
    switch_to_row_ms: list[float]
    rows: int
    bytes_per_hour: float


def measure() -> Live:
    """Play the sitting and return what it cost.  Needs Xvfb and the scenario's applications."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "gum")
        with Session(Scenario.model_validate({**SCENARIO, "steps": ROUND * 6}), Path(folder) / "out") as session:
            session.open_applications()
            begun = time.monotonic()
            with _environment(session.env):
                owner = lifecycle.start(home)
            start_s = time.monotonic() - begun
            time.sleep(3)
            idle = cost(owner.pid, IDLE_S)
            before = _size(home)
            active = _play(session, owner.pid)
            grown = _size(home) - before
            latencies = _switch_latencies(session, home)
            rows = _rows(home)
            begun = time.monotonic()
            lifecycle.stop(home)
            stop_s = time.monotonic() - begun
    return Live(start_s, stop_s, idle, active, latencies, rows, grown * 3600 / LIVE_S)


def cost(pid: int, seconds: float) -> Cost:
    """Watch a process and its children for some seconds."""
    process = psutil.Process(pid)
    begun, spent, memory = time.monotonic(), _cpu_seconds(process), []
    while time.monotonic() - begun < seconds:
        memory.append(_memory(process))
        time.sleep(0.5)
    share = (_cpu_seconds(process) - spent) / (time.monotonic() - begun) * 100
    return Cost(share, statistics.median(memory), max(memory))


def _play(session: Session, pid: int) -> Cost:
    """Let the person work for a minute while the daemon is watched."""
    player = threading.Thread(target=session.play, daemon=True)
    player.start()
    active = cost(pid, LIVE_S)
    player.join(120)
    return active


def _switch_latencies(session: Session, home: Home) -> list[float]:
    """Switch between two windows and return how long each switch took to become a committed row, in milliseconds."""
    titles = ("bench-left", "bench-right")
    windows = [
        subprocess.Popen(
            ["xterm", "-fa", "monospace", "-T", title, "-geometry", f"60x20+{left}+60", "-e", "sleep", "600"],
            env=session.env,
        )
        for title, left in zip(titles, (40, 700), strict=True)
    ]
    time.sleep(3)
    told = []
    for number in range(SWITCHES):
        title = titles[number % 2]
        told.append((time.time(), title))
        command = ["xdotool", "search", "--name", f"^{title}$", "windowactivate"]
        subprocess.run(command, env=session.env, check=True, capture_output=True, timeout=10)
        time.sleep(1.5)
    for window in windows:
        window.terminate()
        window.wait(10)
    committed = _committed(home)
    pairs = ((at, [row for row, seen in committed if seen == title and row >= at]) for at, title in told)
    return [(min(rows) - at) * 1000 for at, rows in pairs if rows]


def _committed(home: Home) -> list[tuple[float, str]]:
    """Return when each window observation was committed, and its title."""
    with sqlite3.connect(f"file:{home.database}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT committed_at, title FROM observations WHERE kind = 'window'").fetchall()
    return [(datetime.fromisoformat(at).timestamp(), title) for at, title in rows]


def _rows(home: Home) -> int:
    with sqlite3.connect(f"file:{home.database}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM observations").fetchone()[0])


def _cpu_seconds(process: psutil.Process) -> float:
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def _memory(process: psutil.Process) -> float:
    return float(sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))) / 2**20


def _size(home: Home) -> int:
    return sum(path.stat().st_size for path in home.root.rglob("*") if path.is_file())


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Run in the session's environment, so that the daemon sees its display."""
    wanted: dict[str, str] = {
        key: values[key] for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR") if key in values
    }
    kept = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
