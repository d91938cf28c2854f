"""What the terminal can show, which is asked before the interface holds it, and how large its cells are."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from enum import StrEnum
from typing import NamedTuple

PATIENCE_S = 1.0
"""Every terminal answers what it is; over a slow line that takes a while."""

_CELL, _KITTY, _ABILITIES = "\x1b[16t", "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\", "\x1b[c"
_CELL_IS = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_KITTY_IS = re.compile(rb"\x1b_Gi=1;OK\x1b\\")
_ABILITIES_ARE = re.compile(rb"\x1b\[\?([\d;]*)c")
_SIXEL_ABILITY = b"4"


class Protocol(StrEnum):
    """How pixels are sent to a terminal."""

    NONE = "none"
    SIXEL = "sixel"
    KITTY = "kitty"


class Cell(NamedTuple):
    """The size of a cell in pixels."""

    width: int
    height: int


USUAL_CELL = Cell(10, 20)
"""That of the terminal that sixel comes from, which others keep to where they do not tell theirs."""


class _Known:
    protocol = Protocol.NONE
    cell = USUAL_CELL


def protocol() -> Protocol:
    """Return how the terminal is sent pixels, as it answered; before it was asked, not at all."""
    return _Known.protocol


def cell() -> Cell:
    """Return the size of a cell at this moment; it changes with the font."""
    terminal = sys.__stdout__
    if sys.platform != "win32" and terminal is not None:
        import fcntl
        import struct
        import termios

        try:
            rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(terminal, termios.TIOCGWINSZ, bytes(8)))
        except (OSError, ValueError):
            return _Known.cell
        if columns and rows and width >= columns and height >= rows:
            return Cell(width // columns, height // rows)
    return _Known.cell


def ask() -> None:
    """Ask the terminal what it shows.  While the interface runs, the answer would be taken for keys."""
    if sys.platform == "win32" or not all(each and each.isatty() for each in (sys.__stdin__, sys.__stdout__)):
        return
    answer = _answered(_question())
    if size := _CELL_IS.search(answer):
        _Known.cell = Cell(max(1, int(size[2])), max(1, int(size[1])))
    abilities = _ABILITIES_ARE.search(answer)
    if abilities and _SIXEL_ABILITY in abilities[1].split(b";")[1:]:
        _Known.protocol = Protocol.SIXEL
    elif _KITTY_IS.search(answer):
        _Known.protocol = Protocol.KITTY


def _question() -> str:
    """Leave out what some would show as text or take for a title; what all answer comes last."""
    within = os.environ.get("TERM", "").startswith(("tmux", "screen")) or "TMUX" in os.environ
    if within or os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return _CELL + _ABILITIES
    return _CELL + _KITTY + _ABILITIES


def _answered(question: str) -> bytes:
    import termios
    import tty

    assert sys.__stdin__ is not None
    assert sys.__stdout__ is not None
    keyboard = sys.__stdin__.fileno()
    before = termios.tcgetattr(keyboard)
    deadline = time.monotonic() + PATIENCE_S
    answer = b""
    tty.setcbreak(keyboard, termios.TCSANOW)
    try:
        os.write(sys.__stdout__.fileno(), question.encode())
        while not _ABILITIES_ARE.search(answer) and (left := deadline - time.monotonic()) > 0:
            if not select.select([keyboard], [], [], left)[0]:
                break
            if not (more := os.read(keyboard, 1024)):
                break
            answer += more
    except OSError:
        return answer
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    return answer
