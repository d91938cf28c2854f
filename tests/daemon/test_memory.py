"""What pixels took goes back to the system when they are gone."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
import textwrap

import pytest

from gum.daemon import memory

GLIBC = platform.libc_ver()[0] == "glibc"

PROGRAM = """
    import sys
    from concurrent.futures import ThreadPoolExecutor
    import psutil
    from gum.daemon import memory

    if sys.argv[1] == "lean":
        memory.keep_lean()

    def work(_):
        kept = []
        for number in range(30):
            frame = bytes([number]) * 4_000_000
            kept.append(bytearray(2000))  # something that stays behind it
            part = frame[:1_000_000]
        return kept

    before = psutil.Process().memory_info().rss
    with ThreadPoolExecutor(4) as pool:
        held = list(pool.map(work, range(12)))
        print(psutil.Process().memory_info().rss - before)
"""


def room_left(how: str) -> int:
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)


@pytest.mark.skipif(not GLIBC, reason="the C library is not glibc")
def test_frames_that_are_gone_leave_no_room_taken() -> None:
    assert room_left("lean") < min(8_000_000, room_left("as it is") / 2)


@pytest.mark.parametrize(("system", "asked"), [("linux", ["libc.so.6"] * 2), ("darwin", []), ("win32", [])])
def test_only_a_system_that_may_have_glibc_is_asked_for_it(
    system: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def missing(name: str) -> None:
        loaded.append(name)
        raise OSError(f"{name}: there is no such library")

    monkeypatch.setattr(ctypes, "CDLL", missing)
    monkeypatch.setattr(sys, "platform", system)
    memory.keep_lean()
    memory.give_back()
    assert loaded == asked
