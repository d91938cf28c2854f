"""The daemon starts, says how it is, and stops, as a process of its own."""

from __future__ import annotations

import json
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from gum.client import CaptureIn
from gum.daemon.lifecycle import connect, start, stop
from gum.errors import DaemonAbsentError, GumError, StoreError
from gum.paths import Home
from gum.store.lock import read_owner
from tests.waiting import until
from tests.working import Daemon, environment, gumctl

STOPPED_S = 8.0  # five, and what a busy machine adds


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)


def test_start_returns_once_it_answers_and_stop_once_it_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    owner = start(home)
    try:
        assert start(home) == owner  # a second start finds the first
        with connect(home) as client:
            assert client.status().pid == owner.pid
    finally:
        assert stop(home)
    assert read_owner(home) is None
    assert not stop(home)
    with pytest.raises(DaemonAbsentError, match="gumctl start"):
        connect(home)


def test_without_a_display_it_runs_and_says_that_it_captures_nothing(daemon: Daemon) -> None:
    daemon.start()
    with connect(daemon.home) as client:
        until(lambda: client.status().verdict_text == "running but not capturing: no display")
        missing = [one.missing for one in client.status().observers]
        assert len(missing) == 3
        assert all(sentences for sentences in missing)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly_within_five_seconds(daemon: Daemon, number: signal.Signals) -> None:
    daemon.start()
    code, seconds = daemon.stop(number)
    assert code == 0
    assert seconds < STOPPED_S
    assert read_owner(daemon.home) is None


def test_it_stops_cleanly_while_it_is_still_starting(daemon: Daemon) -> None:
    for delay in (0.2, 0.5, 0.9):
        daemon.process = subprocess.Popen([sys.executable, "-m", "gum.daemon"], env=environment(daemon.home))
        time.sleep(delay)
        code, seconds = daemon.stop()
        assert code in {0, -signal.SIGTERM}  # before it listens to signals there is nothing to end cleanly
        assert seconds < STOPPED_S
        assert read_owner(daemon.home) is None


def test_a_home_whose_owner_was_killed_can_be_started_at_once(daemon: Daemon) -> None:
    daemon.start()
    daemon.kill()
    daemon.start()
    assert daemon.answers()


def test_a_second_daemon_on_the_same_home_says_who_owns_it(daemon: Daemon, tmp_path: Path) -> None:
    daemon.start()
    assert daemon.process is not None
    second = gumctl(daemon.home, "run")
    assert second.returncode == 3
    assert f"process {daemon.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr


def test_everything_it_writes_is_for_the_person_alone(daemon: Daemon) -> None:
    daemon.start()
    with connect(daemon.home) as client:
        client.add_observation(CaptureIn(observer="diary", text="the harbour survey"))
    daemon.stop()
    loose = [path for path in daemon.home.root.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert loose == []
    assert stat.S_IMODE(daemon.home.root.stat().st_mode) == 0o700


def test_a_start_that_fails_gives_the_daemons_own_sentence(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    home.config.write_text("[capture]\nheart_beat_s = 3\n")
    with pytest.raises(StoreError, match="heartbeat_s"):
        start(home)
    home.config.unlink()
    home.database.write_bytes(b"")
    with pytest.raises(StoreError, match="is empty"):
        start(home)
    home.database.write_bytes(b"GIF89a" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        start(home)


def test_a_home_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GumError, match="cannot be written"):
        start(Home(tmp_path / "file" / "home"))


def test_a_full_disk_is_said_and_ridden_out(daemon: Daemon) -> None:
    """The process may write no file longer than it is by now, which SQLite meets as it meets a full disk."""
    daemon.start()
    assert daemon.process is not None
    process = psutil.Process(daemon.process.pid)
    with connect(daemon.home) as client:
        client.add_observation(CaptureIn(observer="diary", text="before"))
        length = max(path.stat().st_size for path in daemon.home.root.iterdir() if path.is_file())
        process.rlimit(resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))
        with pytest.raises(GumError) as refusal:
            client.add_observation(CaptureIn(observer="diary", text="word " * 150_000, source="d:1"))
        assert "Traceback" not in str(refusal.value)
        assert client.healthy()
        process.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        client.add_observation(CaptureIn(observer="diary", text="word " * 150_000, source="d:1"))
        assert [one.text[:6] for one in client.observations().items] == ["before", "word w"]
    assert daemon.stop()[0] == 0


def test_the_log_holds_no_content_of_what_was_seen(daemon: Daemon) -> None:
    daemon.start()
    with connect(daemon.home) as client:
        client.add_observation(CaptureIn(observer="diary", text="Xanthippe", title="Zwieback", app="Quokka"))
        client.search("Xanthippe")
        client.ask("Who is Xanthippe?")
        client.add_proposition("The user knows Xanthippe.")
        for bad in ({"observer": "Xanthippe " * 30}, {"observer": "x", "captured_at": "Xanthippe"}):
            with pytest.raises(GumError):
                client.send("POST", "/v1/observations", json=bad)
    daemon.stop()
    log = daemon.home.log.read_text()
    assert "started" in log
    assert not [word for word in ("Xanthippe", "Zwieback", "Quokka") if word in log]


def test_a_pause_outlives_the_process(daemon: Daemon) -> None:
    daemon.start()
    with connect(daemon.home) as client:
        client.pause(30)
    daemon.kill()
    daemon.start()
    with connect(daemon.home) as client:
        assert client.status().verdict == "paused"


def test_the_address_and_the_token_are_found_by_name(daemon: Daemon) -> None:
    daemon.start()
    status = json.loads(gumctl(daemon.home, "status", "--json").stdout)
    with connect(daemon.home) as client:
        assert status["api"]["url"] == client.url
    assert gumctl(daemon.home, "token", "show").stdout.strip() == daemon.home.token.read_text().strip()


def test_in_the_foreground_it_says_how_it_is_and_where_and_ends_with_a_key(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    command = [sys.executable, "-m", "gum", "run"]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running but not capturing: no display\n"
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert read_owner(home) is None
