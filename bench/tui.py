"""`python -m bench.tui [--count 100000]`: how soon the terminal interface is there, and how soon a key shows.

The interface asks a daemon of its own process over HTTP.  First paint is from the command `gumctl tui` in a real
pseudo-terminal to the first text of a screen.  A key is pressed by Textual's pilot; its time ends when the screen that
it changes has been drawn.
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
from pathlib import Path

import numpy as np
from gum_tui.app import GumApp
from gum_tui.widgets.belief_table import BeliefTable
from textual.pilot import Pilot
from textual.widgets import Input

from bench import machine
from bench.filled import COUNT, fill
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

KEYS: tuple[tuple[str, Sequence[str]], ...] = (
    ("next row", ["j"] * 200),
    ("next page", ["ctrl+d"] * 50),
    ("last row, first row", ["G", "g"] * 15),
    ("mark", ["space"] * 50),
    ("open and close the detail", ["enter", "escape"] * 15),
    ("another screen", ["1", "2", "5", "2", "3", "2"] * 5),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    given = parser.parse_args()
    print(machine.sentence())
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        begun = time.perf_counter()
        fill(home, given.count)
        print(f"filling {given.count:,} beliefs: {time.perf_counter() - begun:.1f} s", flush=True)
        with _served(home) as url:
            paints = [_first_paint(home) for _ in range(STARTS)]
            print(f"first paint, median / worst of {STARTS}: {statistics.median(paints):.2f} / {max(paints):.2f} s")
            asyncio.run(_keys(url, token.read(home.token)))


@contextmanager
def _served(home: Home) -> Iterator[str]:
    home.config.write_text("[capture]\nobservers = []\n")
    environment = os.environ | {"GUM_HOME": str(home.root)}
    daemon = subprocess.Popen([sys.executable, "-m", "gum.daemon"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield _address(home)
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


def _first_paint(home: Home) -> float:
    """Return the seconds from the command to the first text on a screen of the usual size."""
    begun = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"GUM_HOME": str(home.root), "TERM": "xterm-256color"}
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
        return time.perf_counter() - begun
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


async def _keys(url: str, word: str) -> None:
    with Client(url, word) as client:
        app = GumApp(client)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("2")
            await _until(pilot, lambda: _table(app).rows)
            for what, keys in KEYS:
                _say(what, [await _pressed(pilot, key) for key in keys])
            _say("the last row's words after G", [await _there(pilot, app) for _ in range(10)])
            _say("matches after a letter of a search", await _search(pilot, app))
            await app.action_quit()


def _table(app: GumApp) -> BeliefTable:
    return app.screen.query_one(BeliefTable)


async def _pressed(pilot: Pilot[None], key: str) -> float:
    begun = time.perf_counter()
    await pilot.press(key)
    return (time.perf_counter() - begun) * 1000


async def _there(pilot: Pilot[None], app: GumApp) -> float:
    await pilot.press("g")
    await _until(pilot, lambda: _table(app).belief)
    begun = time.perf_counter()
    await pilot.press("G")
    await _until(pilot, lambda: _table(app).belief)
    return (time.perf_counter() - begun) * 1000


async def _search(pilot: Pilot[None], app: GumApp) -> list[float]:
    """Type words letter by letter, waiting for the matches of each."""
    taken = []
    await pilot.press("slash")
    for letter in "tide tables":
        before = app.screen.query_one(Input).value
        begun = time.perf_counter()
        await pilot.press("space" if letter == " " else letter)
        if letter == " ":
            continue
        typed = (before + letter).strip()
        await _until(pilot, lambda typed=typed: app.screen.filters.query == typed and not app.remote.busy)  # type: ignore[attr-defined]
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


async def _until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("The screen did not come.")
        await pilot.pause(0.005)


def _say(what: str, taken: Sequence[float]) -> None:
    middle, late = np.percentile(taken, [50, 95])
    print(f"{what}, p50 / p95 / worst of {len(taken)}: {middle:.0f} / {late:.0f} / {max(taken):.0f} ms", flush=True)


if __name__ == "__main__":
    main()
