"""A process that dies at any file operation of forget, retention, encrypt, rekey or decrypt leaves a whole home."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from gum.forget.forgetting import Forgetter
from gum.paths import Home
from gum.store import Store
from gum.store.encryption import conversion
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock
from tests.forget.conftest import Life
from tests.store.conftest import HandClock

# Every so-manieth file operation is died at; 1 is each of them.
STRIDE = os.environ.get("GUM_TEST_STRIDE", "13")
TREE = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, clock: HandClock) -> Home:
    made = Home(tmp_path / "home")
    with Store.open(made, now=clock) as store:
        life = Life(store, Forgetter(store, 300.0, timedelta(0), clock), clock)
        seen = [
            life.see(n, "Mail", f"t{n}", f"{'zebra' if n < 2 else 'tea'} {n}", frame=f"pixels {n}".encode())
            for n in range(6)
        ]
        life.believe("The user counts zebras.", seen[0], seen[1])
        life.believe("The user drinks tea.", seen[2])
        store.sql.write("UPDATE observations SET state='inferred'")
    return made


@pytest.mark.parametrize("action", ["forget", "retain", "encrypt", "rekey", "decrypt"])
def test_whenever_it_dies_the_home_is_whole(home: Home, action: str, tmp_path: Path) -> None:
    if action in ("rekey", "decrypt"):
        with OwnerLock(home):
            conversion.encrypt(home, FileHolder.new(tmp_path / "key"))
    command = [sys.executable, "-m", "tests.forget.dying", str(home.root), action, STRIDE]
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    deaths = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert {what for _, _, what in deaths} == {"whole"}, done.stdout
    assert [code for _, code, _ in deaths[:-1]] == ["9"] * (len(deaths) - 1)
    assert (deaths[-1][1], len(deaths) > 1) == ("0", True)
