"""The picture behind a quote in terminals that show pixels: where it stands, whole, and gone when its dialog closes."""

from __future__ import annotations

import base64
import dataclasses
import fcntl
import io
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageChops, ImageGrab

from gum.records import Observation
from tests.tui import life
from tests.tui.driving import Daemon
from tests.waiting import until

SIZE = (300, 200)
NEWER = ((255, 128, 0), (0, 0, 128), (0, 128, 64), (200, 0, 200))
OLDER = ((128, 64, 0), (0, 200, 255), (64, 0, 64), (200, 255, 0))
"""The colours of the quarters of the two pictures; the interface uses none of them."""

PROGRAM = """
import sys
from gum.client import Client
from gum_tui import terminal
from gum_tui.app import GumApp
async def tell(pilot):
    pilot.app._driver.write("\\x1b]0;ready\\x07")
terminal.ask()
with Client(*sys.argv[1:]) as client:
    GumApp(client).run(auto_pilot=tell)
"""
"""Names its window once keys are taken."""

PATIENCE_S = 60.0
STILL_S = 0.6
TOLERANCE = 4
CELL = (8, 16)


def quarters(colours: tuple[tuple[int, int, int], ...]) -> Image.Image:
    drawn = Image.new("RGB", SIZE)
    width, height = SIZE[0] // 2, SIZE[1] // 2
    for number, colour in enumerate(colours):
        drawn.paste(colour, (number % 2 * width, number // 2 * height, (number % 2 + 1) * width, SIZE[1]))
    return drawn


@pytest.fixture
def pictured(daemon: Daemon) -> Daemon:
    """The belief that the list begins with rests on two pictures."""
    (piece, *_) = daemon.store.propositions.evidence(daemon.ids["report"])
    for minutes, colours, text in ((0, NEWER, "Section 4"), (9, OLDER, "Section 3")):
        kept, at = io.BytesIO(), life.NOW - timedelta(minutes=minutes)
        quarters(colours).save(kept, "WEBP", lossless=True)
        read = Observation("screen", "screen", at, at, "Mousepad", "survey-report.md", text=text, trust=piece.trust)
        seen = daemon.store.observations.add(read, kept.getvalue())
        daemon.store.propositions.add_evidence(
            [dataclasses.replace(piece, id=0, observation=seen.id, quote=text, at=at)]
        )
    return daemon


class Spoken:
    """A terminal without a screen: it says what it can show, presses keys, and keeps what it was sent."""

    def __init__(self, daemon: Daemon, answer: bytes) -> None:
        self._ours, theirs = pty.openpty()
        cells = (36, 120)
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *cells, cells[1] * CELL[0], cells[0] * CELL[1]))
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, daemon.url, daemon.token],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment | {"TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)
        self.sent = b""
        self.wait_for(rb"\x1b\[c")
        os.write(self._ours, answer)

    def press(self, keys: str) -> None:
        """Press keys; what is waited for next must come after."""
        self.sent = b""
        os.write(self._ours, keys.encode())

    def wait_for(self, pattern: bytes) -> re.Match[bytes]:
        deadline = time.monotonic() + PATIENCE_S
        while not (found := re.search(pattern, self.sent, re.DOTALL)):
            assert time.monotonic() < deadline, self.sent[-2000:]
            if select.select([self._ours], [], [], 0.1)[0]:
                self.sent += os.read(self._ours, 65536)
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def spoken(pictured: Daemon) -> Iterator[Callable[[bytes], Spoken]]:
    opened: list[Spoken] = []

    def open_one(answer: bytes) -> Spoken:
        opened.append(Spoken(pictured, answer))
        opened[0].wait_for(b"survey-report.md")
        opened[0].press("2")
        opened[0].wait_for(b"Evidence for")
        return opened[0]

    yield open_one
    for each in opened:
        each.close()


def test_kitty_is_given_the_pixels_once_and_told_when_they_are_gone(spoken: Callable[[bytes], Spoken]) -> None:
    terminal = spoken(b"\x1b_Gi=1;OK\x1b\\\x1b[?62;c")
    terminal.press("v")
    placed = terminal.wait_for(rb"\x1b_Ga=p,i=(\d+),p=1,x=0,y=0,w=(\d+),h=(\d+),")
    number, *size = (int(each) for each in placed.groups())
    assert tuple(size) == SIZE
    chunks = re.findall(rb"\x1b_G(?:a=t,f=100,i=%d,q=2,)?m=([01]);([^\x1b]*)\x1b" % number, terminal.sent)
    assert [more for more, _ in chunks] == [b"1"] * (len(chunks) - 1) + [b"0"]
    with Image.open(io.BytesIO(base64.standard_b64decode(b"".join(data for _, data in chunks)))) as given:
        assert ImageChops.difference(given.convert("RGB"), quarters(NEWER)).getbbox() is None
    terminal.press("[")
    terminal.wait_for(rb"\x1b_Ga=d,d=I,i=%d," % number)
    older = terminal.wait_for(rb"\x1b_Ga=p,i=(?!%d,)(\d+)," % number)
    terminal.press("\x1b")
    terminal.wait_for(rb"\x1b_Ga=d,d=I,i=%s," % older[1])


def test_sixels_begin_at_a_cell_and_follow_each_scroll(spoken: Callable[[bytes], Spoken]) -> None:
    terminal = spoken(b"\x1b[?62;4c")
    terminal.press("v")
    drawn = terminal.wait_for(rb'\x1b7\x1b\[(\d+);(\d+)H.*?\x1bP0;1;0q"1;1;(\d+);(\d+)#')
    row, column, width, height = (int(each) for each in drawn.groups())
    assert (width, height) == SIZE
    assert row + -(-height // CELL[1]) < 36
    assert column < 10


def test_a_terminal_that_shows_no_pixels_is_sent_none(spoken: Callable[[bytes], Spoken]) -> None:
    terminal = spoken(b"\x1b[?62;22c")
    terminal.press("v")
    terminal.wait_for("▀".encode())
    assert b"\x1b_G" not in terminal.sent
    assert b"\x1bP" not in terminal.sent


class Box(NamedTuple):
    """Where a picture is seen."""

    left: int
    upper: int
    right: int
    lower: int

    @property
    def size(self) -> tuple[int, int]:
        return self.right - self.left, self.lower - self.upper


class Xterm:
    """The interface in a real terminal that draws sixels, on a screen that is looked at."""

    def __init__(self, daemon: Daemon) -> None:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
        self._screen = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()
        names = ["-ti", "vt340", "-xrm", "XTerm*decTerminalID: vt340", "-fa", "DejaVu Sans Mono", "-fs", "8"]
        program = [sys.executable, "-c", PROGRAM, daemon.url, daemon.token]
        self._terminal = subprocess.Popen(
            ["xterm", *names, "-geometry", "100x40+0+0", "-e", *program],
            env=os.environ | {"DISPLAY": self.display},
            stderr=subprocess.DEVNULL,
        )
        self.window = self._run("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm").split()[0]
        self._run("xdotool", "mousemove", "--window", self.window, "20", "20")
        until(lambda: self._run("xdotool", "getwindowname", self.window).strip() == "ready", PATIENCE_S)

    def press(self, *keys: str) -> None:
        """Press each key once the screen stands still."""
        for key in keys:
            self.still()
            self._run("xdotool", "key", key)

    def still(self) -> None:
        """Wait until nothing changes on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        before, now = None, self._shot()
        while before is None or ImageChops.difference(before, now).getbbox():
            assert time.monotonic() < deadline
            time.sleep(STILL_S)
            before, now = now, self._shot()

    def resize(self, width: int, height: int) -> None:
        self._run("xdotool", "windowsize", "--sync", self.window, str(width), str(height))

    def seen(self, colours: tuple[tuple[int, int, int], ...]) -> Box | None:
        """Return where the picture of these quarters is: the box of its colours, if each is in its quarter."""
        shot = self._shot()
        boxes = [_box_of(shot, colour) for colour in colours]
        if None in boxes:
            return None
        first, second, third, fourth = (Box(*each) for each in boxes if each)
        whole = Box(first.left, first.upper, fourth.right, fourth.lower)
        apart = (first.right - second.left, first.lower - third.upper, third.right - fourth.left)
        joined = all(abs(each) <= TOLERANCE for each in apart)
        return whole if joined and (second.right, third.lower) == (whole.right, whole.lower) else None

    def shows(self, colours: tuple[tuple[int, int, int], ...]) -> Box:
        """Wait until the picture stands whole and in its own size somewhere."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            box = self.seen(colours)
            if box and all(abs(is_ - own) <= 1 for is_, own in zip(box.size, SIZE, strict=True)):
                return box
            assert time.monotonic() < deadline, f"the picture is at {box}"
            time.sleep(0.2)

    def shows_nothing_of(self, colours: tuple[tuple[int, int, int], ...]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while any(_box_of(self._shot(), colour) for colour in colours):
            assert time.monotonic() < deadline, "something of the picture stayed"
            time.sleep(0.2)

    def close(self) -> None:
        for each in (self._terminal, self._screen):
            each.terminate()
            each.wait()

    def _shot(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def _run(self, *command: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=PATIENCE_S
        ).stdout


def _box_of(shot: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    apart = ImageChops.difference(shot, Image.new("RGB", shot.size, colour))
    near = [channel.point(lambda value: 255 * (value <= TOLERANCE)) for channel in apart.split()]
    return ImageChops.multiply(ImageChops.multiply(near[0], near[1]), near[2]).getbbox()


@pytest.fixture
def xterm(pictured: Daemon, tmp_path: Path) -> Iterator[Xterm]:
    if missing := [each for each in ("Xvfb", "xterm", "xdotool") if shutil.which(each) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    one = Xterm(pictured)
    yield one
    one.close()


def test_on_a_real_screen_the_picture_stands_whole_and_leaves_nothing_behind(xterm: Xterm) -> None:
    xterm.press("2", "v")
    first = xterm.shows(NEWER)
    xterm.press("bracketleft")
    assert xterm.shows(OLDER) == first
    xterm.shows_nothing_of(NEWER)
    xterm.press("bracketright")
    assert xterm.shows(NEWER) == first
    xterm.resize(1300, 850)
    until(lambda: xterm.seen(NEWER) not in (None, first), PATIENCE_S)
    xterm.still()
    wider = xterm.shows(NEWER)
    xterm.press("ctrl+p")
    xterm.shows_nothing_of(NEWER)
    xterm.press("Escape")
    assert xterm.shows(NEWER) == wider
    xterm.press("Escape")
    xterm.shows_nothing_of(NEWER)
