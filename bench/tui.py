"""`python -m bench.tui [--count 100000] [--home FOLDER]`: how soon the interface is there, how soon a key shows.

The interface asks a daemon of its own process over HTTP, once that has settled.  First paint is from the command
`gumctl tui` in a real pseudo-terminal to the first text of a screen.  A key is pressed by Textual's pilot.  It shows
when the first lines that it changes have been drawn, and all of it is there when the last have: the detail beside the
table, what the daemon answers.  What is drawn is written out as for a terminal.  Processor time is that of the
interface, all threads, until all is there.  A home that is named is filled once, and kept.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from gum_tui import app as interface
from gum_tui.app import GumApp
from gum_tui.widgets.belief_table import BeliefTable
from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen

from bench import machine
from bench.filled import COUNT, fill
from bench.settling import settle
from gum.api import token
from gum.client import Client
from gum.daemon.lifecycle import connect
from gum.errors import GumError
from gum.paths import Home

SIZE = (120, 36)
STARTS = 7
PATIENCE_S = 60.0
ASKED, ANSWERED = b"\x1b[c", b"\x1b[?62;22c"
"""A terminal is asked for its abilities, and says that it shows no pixels."""

QUIET_S = 0.15
"""A key has done all it does once nothing was drawn for this long and no answer is awaited."""

KEYS: tuple[tuple[str, Sequence[str]], ...] = (
    ("next row", ["j"] * 100),
    ("next page", ["ctrl+d"] * 40),
    ("last row, first row", ["G", "g"] * 15),
    ("verdict, and its undo", ["c", "u"] * 15),
    ("mark", ["space"] * 30),
    ("verdict on the 30 marked, and its undo", ["c", "u"] * 5),
    ("open and close the detail", ["enter", "escape"] * 15),
    ("another screen", ["1", "3", "4", "5", "6", "8", "9", "2"] * 3),
    ("a letter of a search", ["slash", *"tide", *"tables"]),
)
HELD = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--home", type=Path, help="a folder that is kept, and filled where it is empty")
    given = parser.parse_args()
    print(machine.sentence())
    with tempfile.TemporaryDirectory() as folder:
        home = Home(given.home or Path(folder) / "home")
        if not home.database.exists():
            begun = time.perf_counter()
            fill(home, given.count)
            print(f"filling {given.count:,} beliefs: {time.perf_counter() - begun:.1f} s", flush=True)
        with _served(home) as (url, daemon):
            settle(daemon)
            _say_starts([_first_paint(home, Path(folder)) for _ in range(STARTS)])
            asyncio.run(_keys(url, token.read(home.token)))


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds until the first lines were drawn, until the last, and of processor time."""

    shown: float
    done: float
    processor: float


class Watched(GumApp):
    """Knows when it drew."""

    CSS_PATH = Path(interface.__file__).with_name("app.tcss")

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self.drawn: list[float] = []

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)  # without a terminal the library leaves this out
            self.drawn.append(time.perf_counter())


@contextmanager
def _served(home: Home) -> Iterator[tuple[str, psutil.Process]]:
    home.config.write_text("[capture]\nobservers = []\n", encoding="utf-8")
    environment = os.environ | {"GUM_HOME": str(home.root)}
    daemon = subprocess.Popen([sys.executable, "-m", "gum.daemon"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield _address(home), psutil.Process(daemon.pid)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(PATIENCE_S)


def _address(home: Home) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            with connect(home) as client:
                client.status()
                return client.url
        except GumError:
            time.sleep(0.2)
    raise SystemExit("The daemon did not start.")


def _first_paint(home: Home, kept: Path) -> tuple[float, float]:
    """Return the seconds from the command to the first text on a screen of the usual size, and those of processor time.

    As where it is installed, modules are compiled before: the first start is not counted.
    """
    begun = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"GUM_HOME": str(home.root), "TERM": "xterm-256color", "PYTHONPYCACHEPREFIX": str(kept)}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(sys.executable, [sys.executable, "-m", "gum", "tui"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    seen = b""
    try:
        while b"Prop" not in seen:
            if time.perf_counter() - begun > PATIENCE_S:
                raise SystemExit(f"Nothing was painted: {seen[-500:]!r}")
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    read = os.read(terminal, 65536)
                except OSError as error:
                    raise SystemExit(f"The interface ended: {seen.decode(errors='replace')[-500:]}") from error
                seen += read
                if ASKED in read:
                    os.write(terminal, ANSWERED)
        taken = time.perf_counter() - begun
        spent = psutil.Process(process).cpu_times()
        return taken, spent.user + spent.system
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _say_starts(starts: Sequence[tuple[float, float]]) -> None:
    counted = starts[1:]
    wall, processor = [each[0] for each in counted], [each[1] for each in counted]
    print(
        f"first paint, median / worst of {len(counted)}: {statistics.median(wall):.2f} / {max(wall):.2f} s; "
        f"processor {statistics.median(processor):.2f} s",
        flush=True,
    )


async def _keys(url: str, word: str) -> None:
    with Client(url, word) as client:
        app = Watched(client)
        async with app.run_test(size=SIZE) as pilot:
            await _until(lambda: _ready(app))
            for key in "23456892":  # each screen is made when it is first shown
                await _pressed(pilot, app, key)
            for what, keys in KEYS:
                _say(what, [await _pressed(pilot, app, key) for key in keys])
            await pilot.press("escape", "escape")
            await _held(pilot, app)
            await _at_rest()
            await app.action_quit()


async def _pressed(pilot: Pilot[None], app: Watched, key: str) -> Taken:
    """Press a key and wait until all that it sets off is there."""
    app.drawn.clear()
    spent, begun = time.process_time(), time.perf_counter()
    pressing = asyncio.create_task(pilot.press(key))
    await _until(lambda: app.drawn and not app.remote.busy and time.perf_counter() - app.drawn[-1] > QUIET_S)
    processor = time.process_time() - spent
    await pressing
    return Taken(*(round(each * 1000, 1) for each in (app.drawn[0] - begun, app.drawn[-1] - begun, processor)))


async def _held(pilot: Pilot[None], app: Watched) -> None:
    """Measure a row while a key is held down, which sends faster than anyone reads."""
    table = app.screen.query_one(BeliefTable)
    await pilot.press("g")
    begun, spent = time.perf_counter(), time.process_time()
    for _ in range(HELD):
        app.simulate_key("j")
    await _until(lambda: table.cursor == min(HELD, table.total - 1))
    wall, processor = time.perf_counter() - begun, time.process_time() - spent
    print(f"a held key, a row: {wall / HELD * 1000:.1f} ms, processor {processor / HELD * 1000:.1f} ms", flush=True)


async def _at_rest() -> None:
    await asyncio.sleep(1)
    spent, begun = time.process_time(), time.perf_counter()
    await asyncio.sleep(10)
    share = (time.process_time() - spent) / (time.perf_counter() - begun)
    print(f"at rest: {share * 100:.1f} % of a core", flush=True)


def _ready(app: GumApp) -> bool:
    return app.section is not None and app.remote.status is not None and not app.remote.busy


async def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("The screen did not come.")
        await asyncio.sleep(0.004)


def _say(what: str, taken: Sequence[Taken]) -> None:
    shown, done, processor = (
        np.percentile([getattr(each, name) for each in taken], [50, 95]) for name in ("shown", "done", "processor")
    )
    print(
        f"{what}, of {len(taken)}: shown {shown[0]:.0f} / {shown[1]:.0f}, all of it {done[0]:.0f} / {done[1]:.0f}, "
        f"processor {processor[0]:.0f} / {processor[1]:.0f} ms (p50 / p95)",
        flush=True,
    )


if __name__ == "__main__":
    main()
