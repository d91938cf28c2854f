"""Live, on a real X server with real applications: what is kept is what was on screen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from gum.cli.exit_codes import ExitCode
from gum.client import Client, DaemonStatus
from gum.daemon.lifecycle import connect
from gum.records import CoverageState
from tests.observers.conftest import Session
from tests.waiting import until
from tests.working import Daemon, gumctl

LIVE_S = float(os.environ.get("GUM_TEST_LIVE_S", "12"))
WORKER_KILLS = int(os.environ.get("GUM_TEST_WORKER_KILLS", "2"))
NEEDED = ("Xvfb", "openbox", "xterm", "mousepad", "xdotool", "xprop")

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED), reason=f"one of {', '.join(NEEDED)} is not installed"
)


def write(desk: Session, words: str) -> None:
    desk.run("xdotool", "type", "--delay", "25", words)


def recording(client: Client) -> DaemonStatus:
    until(lambda: client.status().verdict == "recording", 20)
    return client.status()


@pytest.mark.timeout(240)
def test_titles_and_texts_are_those_that_were_on_screen(desk: Session, daemon: Daemon) -> None:
    folder = daemon.home.root.parent
    for name in ("harbour-notes.txt", "recipe.txt"):
        (folder / name).write_text("")
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    with connect(daemon.home) as client:
        began = time.monotonic()
        shown = {"harbour-notes.txt": "Depth at the northern pier", "recipe.txt": "Rye flour and salt"}
        for name, words in shown.items():
            desk.start("mousepad", "--disable-server", str(folder / name))
            until(lambda name=name: name in desk.run("xdotool", "getactivewindow", "getwindowname"), 30)  # type: ignore[misc]
            time.sleep(1)
            write(desk, words)
            until(lambda words=words: any(words in one.text for one in client.observations(limit=1000).items), 20)  # type: ignore[misc]
        number = 0
        while time.monotonic() - began < LIVE_S:
            write(desk, f" line {number}")
            number += 1
            time.sleep(2)
        status = recording(client)
        assert status.last_frame_age_s is not None
        assert status.last_frame_age_s < 15
        assert "recipe.txt" in status.now
        assert [one.state for one in status.observers] == ["running"] * 3
        kept = client.observations(limit=1000).items
        for name, words in shown.items():
            seen = [one for one in kept if words in one.text]
            assert seen
            assert all(name in one.title and one.app == "Mousepad" for one in seen)
        typed = " ".join(one.text for one in kept if one.kind == "typed")
        assert "northern pier" in typed
        assert sum(one.keys for one in kept if one.kind == "activity") > 0
    assert gumctl(daemon.home, "status").returncode == 0
    daemon.stop()


@pytest.mark.timeout(240)
def test_a_display_that_goes_away_is_ridden_out_and_said(desk: Session, daemon: Daemon) -> None:
    desk.xterm("harbour")
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    with connect(daemon.home) as client:
        until(lambda: any(one.title == "harbour" for one in client.observations().items), 20)
        desk.server.kill()
        desk.server.wait()
        until(lambda: client.status().verdict_text == "running but not capturing: no display", 30)
        size = ("-screen", "0", "1600x900x24", "-nolisten", "tcp", "-noreset")
        desk.server = subprocess.Popen(["Xvfb", desk.display, *size], stderr=subprocess.DEVNULL)
        try:
            until(lambda: bool(desk.run("xprop", "-root", "_NET_CLIENT_LIST")))
            desk.start("openbox", "--sm-disable")
            until(lambda: "window id" in desk.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
            desk.xterm("again")
            until(lambda: any(one.title == "again" for one in client.observations().items), 40)
            recording(client)
            states = [one.state for one in client.coverage()]
            assert CoverageState.FAILED in states
            assert states[-1] is CoverageState.RECORDED
        finally:
            daemon.stop()


@pytest.mark.timeout(240)
def test_without_a_window_manager_the_verdict_names_it(desk: Session, daemon: Daemon) -> None:
    desk.xterm("harbour")
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    with connect(daemon.home) as client:
        recording(client)
        desk.stop(desk._started[0])
        until(lambda: client.status().verdict == "degraded", 20)
        assert "window manager" in client.status().verdict_text


@pytest.mark.timeout(240)
def test_the_doctor_takes_a_real_test_capture(desk: Session, daemon: Daemon) -> None:
    desk.xterm("harbour")
    done = gumctl(daemon.home, "doctor", DISPLAY=desk.display)
    lines = {line[6:20].strip(): line[:4] for line in done.stdout.splitlines() if line[:1] != " "}
    assert (lines["display"], lines["test capture"]) == ("ok  ", "ok  "), done.stdout
    assert done.returncode == 0


@pytest.mark.timeout(240)
def test_a_display_that_hangs_is_said_within_thirty_seconds_and_holds_up_no_stop(desk: Session, daemon: Daemon) -> None:
    desk.xterm("harbour")
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    with connect(daemon.home) as client:
        recording(client)
        desk.server.send_signal(signal.SIGSTOP)
        try:
            until(lambda: "the display has not answered for" in client.status().verdict_text, 30)
            assert gumctl(daemon.home, "status").returncode == ExitCode.NOT_CAPTURING
        finally:
            desk.server.send_signal(signal.SIGCONT)
        recording(client)
        desk.server.send_signal(signal.SIGSTOP)
        try:
            until(lambda: "the display has not answered for" in client.status().verdict_text, 30)
            code, seconds = daemon.stop()
        finally:
            desk.server.send_signal(signal.SIGCONT)
    assert code == 0
    assert seconds < 8  # five, and what a busy machine adds


@pytest.mark.timeout(240 + 30 * WORKER_KILLS)
def test_reading_is_done_in_a_process_of_its_own_whose_death_costs_nothing(desk: Session, daemon: Daemon) -> None:
    (daemon.home.root.parent / "tides.txt").write_text("")
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    with connect(daemon.home) as client:
        desk.start("mousepad", "--disable-server", str(daemon.home.root.parent / "tides.txt"))
        until(lambda: "tides.txt" in desk.run("xdotool", "getactivewindow", "getwindowname"), 30)
        for number in range(WORKER_KILLS):
            words = f"High water at noon of day {number}"
            write(desk, f"{words}. ")
            until(lambda words=words: any(words in one.text for one in client.observations(limit=1000).items), 60)  # type: ignore[misc]
            pid = next(one.pid for one in client.status().workers if one.part == "reader")
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        assert client.status().verdict == "recording"
    said = gumctl(daemon.home, "status").stdout
    assert "tesseract, at rest" in said or "in a process of its own" in said
    assert daemon.process is not None
    assert "tesserocr" not in Path(f"/proc/{daemon.process.pid}/maps").read_text(), "it was read in the daemon itself"
    daemon.stop()
