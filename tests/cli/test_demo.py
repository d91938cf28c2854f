"""The demonstration shows what is believed, in a home of its own, and its scores are those that were promised."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from gum.cli.demo import HINT
from gum.cli.exit_codes import ExitCode
from gum.daemon import lifecycle
from gum.daemon.demo import home_of
from gum.paths import Home
from gum.store.lock import read_owner
from tests.daemon.recordings import write
from tests.waiting import until
from tests.working import environment, gumctl

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.mark.timeout(400)
def test_the_scores_hold(tmp_path: Path) -> None:
    done = gumctl(Home(tmp_path / "home"), "demo", "--check", "--json")
    assert done.returncode == ExitCode.OK, done.stdout
    told = json.loads(done.stdout)
    assert told["passed"] is True
    assert told["propositions"] >= 12
    assert told["quotes"] == told["quotes_verified"] > 0
    assert told["without_evidence"] == 0
    assert told["recall"] >= 0.8
    assert told["wrong_share"] <= 0.15


def test_another_recording_is_scored_without_a_verdict_on_the_exit_code(tmp_path: Path) -> None:
    recording = write(tmp_path / "recording", notes=20)
    done = gumctl(Home(tmp_path / "home"), "demo", "--check", str(recording))
    assert done.returncode == ExitCode.OK
    assert "recall" in done.stdout
    assert "below the thresholds" in done.stdout
    (recording / "truth.json").unlink()
    done = gumctl(Home(tmp_path / "home"), "demo", "--check", str(recording))
    assert done.returncode == ExitCode.ERROR
    assert "no ground truth" in done.stderr


@pytest.mark.timeout(400)
def test_it_shows_what_is_believed_then_reviews_it_and_leaves_nothing_running(tmp_path: Path) -> None:
    """In a terminal: the portrait, a key, the review on the demonstration's own daemon, and the end of both."""
    home = Home(tmp_path / "home")
    lines, ours = pty.openpty()
    command = [sys.executable, "-m", "gum", "demo"]
    env = environment(home, TERM="xterm-256color", COLUMNS="120", LINES="40")
    process = subprocess.Popen(command, env=env, stdin=ours, stdout=ours, stderr=ours, start_new_session=True)
    os.close(ours)
    try:
        shown = read_until(lines, "Press any key")
        assert re.search(r"\(0\.\d\d\)", shown)
        assert "It would suggest" in shown
        assert "statistical/1" in shown
        assert HINT.partition("{")[0].rpartition(". ")[2] in " ".join(shown.split())
        until(lambda: not termios.tcgetattr(lines)[3] & termios.ICANON)  # it waits for a single key
        os.write(lines, b"x")
        read_until(lines, "Beliefs to review")
        owner = read_owner(home_of(home))
        assert owner is not None
        os.write(lines, b"\x11")  # Ctrl-Q leaves the review
        read_until_end(lines, process)
        assert process.wait(20) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        lifecycle.stop(home_of(home))
    os.close(lines)
    assert read_owner(home_of(home)) is None
    again = gumctl(home_of(home), "status")
    assert again.returncode == ExitCode.STOPPED


def read_until(lines: int, words: str, seconds: float = 180.0) -> str:
    """Read a terminal until some words stand on it."""
    deadline, shown = time.monotonic() + seconds, ""
    while words not in shown:
        assert time.monotonic() < deadline, f"{words!r} did not appear: {shown[-2000:]}"
        if select.select([lines], [], [], 0.2)[0]:
            shown += ESCAPE.sub("", os.read(lines, 65536).decode(errors="replace"))
    return shown


def read_until_end(lines: int, process: subprocess.Popen[bytes], seconds: float = 30.0) -> None:
    """Read a terminal until its program has ended."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        if select.select([lines], [], [], 0.1)[0]:
            try:
                os.read(lines, 65536)
            except OSError:  # the other end is closed
                return
