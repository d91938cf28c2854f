"""What a terminal answers is understood; one that says nothing is not waited for long."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from gum_tui.terminal import PATIENCE_S

PROGRAM = """
import pathlib, sys, termios
from gum_tui import terminal
before = termios.tcgetattr(0)
terminal.ask()
assert termios.tcgetattr(0) == before
pathlib.Path(sys.argv[1]).write_text(f"{terminal.protocol()} {terminal.cell().width}x{terminal.cell().height}")
"""
XTERM = b"\x1b[?63;1;2;4;6;9;15;16;22;28c"
KITTY = b"\x1b[6;18;9t\x1b_Gi=1;OK\x1b\\\x1b[?62;c"
KONSOLE = b"\x1b[6;17;8t\x1b_Gi=1;OK\x1b\\\x1b[?62;1;4c"
TMUX = b"\x1b[?1;2c"
VT420_OF_NO_PIXELS = b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"


def told(folder: Path, answer: bytes, pixels: tuple[int, int] = (0, 0), **environment: str) -> tuple[str, bytes]:
    """Run the question in a terminal that gives this answer; return what was understood, and what was asked."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, *pixels))
    given = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TERM_PROGRAM")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder / "told")],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=given | {"TERM": "xterm"} | environment,
    )
    os.close(theirs)
    asked = b""
    while not asked.endswith(b"\x1b[c"):
        assert select.select([ours], [], [], 30)[0], "nothing was asked"
        asked += os.read(ours, 1024)
    os.write(ours, answer)
    _, wrong = process.communicate(timeout=30 + PATIENCE_S)
    os.close(ours)
    assert process.returncode == 0, wrong.decode()
    return (folder / "told").read_text(), asked


@pytest.mark.parametrize(
    ("answer", "pixels", "understood"),
    [
        (XTERM, (484, 316), "sixel 6x13"),
        (KITTY, (0, 0), "kitty 9x18"),
        (KONSOLE, (0, 0), "sixel 8x17"),
        (TMUX, (0, 0), "none 10x20"),
        (VT420_OF_NO_PIXELS, (800, 480), "none 10x20"),
        (b"q\x1b[A" + XTERM, (0, 0), "sixel 10x20"),
        (b"\x1b[?4c", (0, 0), "none 10x20"),
        (b"", (0, 0), "none 10x20"),
    ],
)
def test_the_answer_tells_how_pixels_are_sent(
    answer: bytes, pixels: tuple[int, int], understood: str, tmp_path: Path
) -> None:
    assert told(tmp_path, answer, pixels)[0] == understood


@pytest.mark.parametrize("environment", [{"TMUX": "1"}, {"TERM": "screen"}, {"TERM_PROGRAM": "Apple_Terminal"}])
def test_no_terminal_is_asked_what_it_would_show(environment: dict[str, str], tmp_path: Path) -> None:
    assert b"_G" in told(tmp_path, TMUX)[1]
    assert b"_G" not in told(tmp_path, TMUX, **environment)[1]
