"""Long runs: real windows for some minutes, then many hours at speed; does it grow, lose rows or keep any twice.

`nice -n 10 python -m bench.soak --minutes 30 --hours 12` prints a table; --json writes the numbers to a file too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench import machine
from bench.live import SCENARIO, _environment
from gum import paths
from gum.config import Config
from gum.daemon import lifecycle, memory
from gum.daemon.agent import Agent
from gum.daemon.clocks import StreamClock
from gum.daemon.temporary import share_models
from gum.paths import Home
from gum.records import Capture, InputCounts, Rect, Trust, Window
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario

TITLES = ("harbour-survey.txt", "bread-recipe.txt", "tide-tables.csv", "invoice-march.ods")
SWITCH_S = 6.0
LATEST_S = 5.0  # a switch whose row comes later than this is lost
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STEP = timedelta(minutes=2)
EVERY = timedelta(seconds=20)
WARM = 0.2  # for this part of a run caches fill
GROWTH, MORE_FILES = 0.05, 2


@dataclass(frozen=True)
class Run:
    """Memory in MB and open files at the start and the end of a run, and what became of the rows expected.

    The memory is of the process itself: its reader and embedder come and go, and `beside_mb` is the most they held.
    """

    what: str
    length: str
    memory_mb: tuple[float, float]
    beside_mb: float
    files: tuple[int, int]
    expected: int
    lost: int
    doubled: int
    load: float

    @property
    def growth(self) -> float:
        return self.memory_mb[1] / self.memory_mb[0] - 1

    @property
    def held(self) -> bool:
        flat = self.growth <= GROWTH and self.files[1] <= self.files[0] + MORE_FILES
        return flat and not self.lost and not self.doubled


class Gauge:
    """Memory and open files of a process, and the most that its children held, looked at now and then."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.beside_mb = 0.0
        self._memory: list[float] = []
        self._files: list[int] = []

    def look(self) -> None:
        self._memory.append(self._process.memory_info().rss / 2**20)
        beside = sum(_memory(one) for one in self._process.children(recursive=True))
        self.beside_mb = max(self.beside_mb, beside)
        self._files.append(self._process.num_fds())

    @property
    def memory_mb(self) -> tuple[float, float]:
        """The medians of the first and of the last fifth after the warm part."""
        return _ends(self._memory)

    @property
    def files(self) -> tuple[int, int]:
        first, last = _ends(self._files)
        return int(first), int(last)


def _memory(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / 2**20
    except psutil.Error:  # it has ended since it was named
        return 0.0


def _ends(values: list[float] | list[int]) -> tuple[float, float]:
    steady = values[int(len(values) * WARM) :]
    part = max(1, len(steady) // 5)
    return statistics.median(steady[:part]), statistics.median(steady[-part:])


def _home(folder: str) -> Home:
    """Return an empty home that uses the models of the home in force, where that has any."""
    home = Home(Path(folder) / "gum")
    home.root.mkdir(mode=0o700)
    share_models(home, paths.home())
    return home


# ------------------------------------------------------------------------- real windows


def live(minutes: float) -> Run:
    """Switch between real windows and type in them beside a daemon.  Needs Xvfb, openbox, xterm and xdotool."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(folder)
        scenario = Scenario.model_validate({**SCENARIO, "apps": {}, "steps": [{"do": "read", "s": 1}]})
        with Session(scenario, Path(folder) / "out") as session:
            windows = [_window(session.env, title, 20 + 300 * n) for n, title in enumerate(TITLES)]
            time.sleep(3)
            with _environment(session.env):
                owner = lifecycle.start(home)
            gauge = Gauge(owner.pid)
            try:
                switches = _switched(session.env, minutes * 60, gauge)
            finally:
                lifecycle.stop(home)
                for window in windows:
                    window.terminate()
                    window.wait(10)
        lost, doubled = _compared(home, switches)
    load = os.getloadavg()[1]
    return Run(
        "real windows",
        f"{minutes:g} min",
        gauge.memory_mb,
        gauge.beside_mb,
        gauge.files,
        len(switches),
        lost,
        doubled,
        load,
    )


def _window(env: dict[str, str], title: str, left: int) -> subprocess.Popen[bytes]:
    command = ["xterm", "-fa", "monospace", "-T", title, "-geometry", f"60x24+{left}+60", "-e", "cat"]
    return subprocess.Popen(command, env=env)


def _switched(env: dict[str, str], seconds: float, gauge: Gauge) -> list[tuple[float, str]]:
    """Bring one window after another to the front; return when each was told to come, and its title."""
    chance, told, end = random.Random(1), [], time.monotonic() + seconds
    while time.monotonic() < end:
        title = chance.choice([one for one in TITLES if not told or one != told[-1][1]])
        told.append((time.time(), title))
        _xdotool(env, "search", "--name", f"^{title}$", "windowactivate", "--sync")
        time.sleep(1)
        _xdotool(env, "type", "--delay", "20", f"note {len(told)} on {title.partition('.')[0]} ")
        if len(told) % 10 == 0:
            _xdotool(env, "key", "Return")
        gauge.look()
        time.sleep(max(0.0, told[-1][0] + SWITCH_S - time.time()))
    return told


def _xdotool(env: dict[str, str], *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env=env, check=False, capture_output=True, timeout=30)


def _compared(home: Home, switches: list[tuple[float, str]]) -> tuple[int, int]:
    """Return how many switches have no row of their own, and how many rows say what the row before them said."""
    with closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as disk:
        kept = disk.execute("SELECT captured_at, title FROM observations WHERE kind='window' ORDER BY id").fetchall()
        states = "SELECT count(*) - count(DISTINCT observer || kind || captured_at || title) FROM observations"
        same: int = disk.execute(states).fetchone()[0]
    rows = [(datetime.fromisoformat(at).timestamp(), title) for at, title in kept]
    lost = sum(
        not any(title == seen and at - 1 <= when <= at + LATEST_S for when, seen in rows) for at, title in switches
    )
    return lost, same


# ------------------------------------------------------------------------- many hours at speed


def simulated(hours: float) -> Run:
    """Let an agent live through hours of switching, typing and reading as fast as it can, as the daemon keeps it."""
    memory.keep_lean()
    with tempfile.TemporaryDirectory() as folder:
        home, clock = _home(folder), StreamClock(START)
        gauge, sent = Gauge(os.getpid()), []
        with Agent.open(home, Config(), clock, apart=True) as agent:
            stepped = START
            for capture in _hours(hours):
                clock.reach(capture.captured_at)
                agent.receive(capture)
                if capture.source:
                    sent.append(capture.source)
                if clock() - stepped >= STEP:
                    agent.advance(clock())
                    stepped = clock()
                    memory.give_back()  # as the daemon does every minute
                    gauge.look()
            agent.advance(clock(), final=True)
        with closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as disk:
            rows = disk.execute("SELECT source FROM observations WHERE source<>''").fetchall()
        kept = Counter(str(row[0]).partition("#")[0] for row in rows)
        lost = sum(source not in kept for source in sent)
        doubled = sum(count - 1 for count in kept.values())
    load = os.getloadavg()[1]
    return Run(
        "at speed", f"{hours:g} h", gauge.memory_mb, gauge.beside_mb, gauge.files, len(sent), lost, doubled, load
    )


def _hours(hours: float) -> Iterator[Capture]:
    """Yield a window, what is read in it and what was typed, every few seconds; with a source what must be kept."""
    chance, number, at = random.Random(2), 0, START
    end = START + timedelta(hours=hours)
    place = Rect(0, 0, 800, 600)
    while at < end:
        number += 1
        title = chance.choice(TITLES)
        window = Window(TITLES.index(title) + 1, "Editor", title, None, place, place)
        yield Capture("windows", "window", at, app="Editor", title=title, window=window)
        words = f"Entry {number}: the keeper of {title.partition('.')[0]} noted {chance.randrange(10_000)} units."
        yield Capture(
            "notes", "text", at, app="Editor", title=title, text=words, trust=Trust.DOCUMENT, source=f"soak:{number}"
        )
        typed = InputCounts(keys=chance.randrange(5, 80), clicks=1)
        yield Capture("activity", "activity", at + EVERY / 2, app="Editor", title=title, input=typed)
        at += EVERY


def main() -> int:
    """Run what is asked for; return 1 when a run did not hold."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--minutes", type=float, default=30, help="of real windows; 0 leaves them out")
    asked.add_argument("--hours", type=float, default=12, help="at speed; 0 leaves them out")
    asked.add_argument("--json", type=Path, help="write the numbers to this file too")
    given = asked.parse_args()
    runs = [live(given.minutes)] if given.minutes else []
    runs += [simulated(given.hours)] if given.hours else []
    table = Table(
        "run", "length", "memory, MB", "growth", "beside, most", "open files", "rows", "lost", "doubled", "load", "held"
    )
    table.title = machine.sentence()
    for run in runs:
        memory, files = (f"{ends[0]:.0f} to {ends[1]:.0f}" for ends in (run.memory_mb, run.files))
        numbers = (
            f"{run.growth:+.1%}",
            f"{run.beside_mb:.0f} MB",
            files,
            str(run.expected),
            str(run.lost),
            str(run.doubled),
            f"{run.load:.1f}",
        )
        table.add_row(run.what, run.length, memory, *numbers, "yes" if run.held else "NO")
    Console(width=120).print(table)
    if given.json:
        given.json.write_text(json.dumps([asdict(run) | {"held": run.held} for run in runs], indent=2))
    return 0 if all(run.held for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
