"""One process owns a home, and says who it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from gum.errors import StoreLockedError
from gum.paths import Home
from gum.store import Store
from gum.store.lock import OwnerLock, read_owner

HOLD = """
import sys, time
from pathlib import Path
from gum.paths import Home
from gum.store import Store
store = Store.open(Home(Path(sys.argv[1])))
store.lock.announce("http://127.0.0.1:4711")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def hold(home: Home) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another process that owns the home."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen([sys.executable, "-c", HOLD, str(home.root)], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_home_owned_by_another_process_is_refused_by_its_pid(
    home: Home, hold: Callable[[], subprocess.Popen[str]]
) -> None:
    other = hold()
    with pytest.raises(StoreLockedError, match=f"owned by process {other.pid}.*gumctl stop"):
        Store.open(home)
    owner = read_owner(home)
    assert owner is not None
    assert (owner.pid, owner.url) == (other.pid, "http://127.0.0.1:4711")


def test_the_lock_of_a_killed_process_is_free(home: Home, hold: Callable[[], subprocess.Popen[str]]) -> None:
    other = hold()
    other.kill()
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)  # it is dead, and not yet buried
    assert home.owner.exists()
    assert read_owner(home) is None
    other.wait()
    assert read_owner(home) is None
    with Store.open(home):
        owner = read_owner(home)
        assert owner is not None
        assert owner.pid == os.getpid()


def test_a_note_of_a_process_that_only_shares_the_pid_is_stale(home: Home) -> None:
    with OwnerLock(_made(home)):
        note = json.loads(home.owner.read_text())
        home.owner.write_text(json.dumps(note | {"after_boot_s": note["after_boot_s"] - 60}))
        assert read_owner(home) is None


@pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "started_at": 1, "url": ""}', "\ud800"])
def test_an_unreadable_note_is_no_owner(home: Home, note: str) -> None:
    _made(home).owner.write_bytes(note.encode("utf-8", "surrogatepass"))
    assert read_owner(home) is None


def test_nothing_is_left_after_release(home: Home) -> None:
    lock = OwnerLock(_made(home))
    lock.acquire("http://127.0.0.1:1")
    assert lock.held
    lock.release()
    lock.release()
    assert not lock.held
    assert not home.owner.exists()
    assert read_owner(home) is None


def test_a_second_store_in_one_process_is_refused(home: Home, store: Store) -> None:
    with pytest.raises(StoreLockedError, match=str(os.getpid())):
        Store.open(home)
    assert store.observations.count() == 0


def _made(home: Home) -> Home:
    home.create()
    return home
