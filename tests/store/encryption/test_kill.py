"""kill -9 in the middle of encrypt, rekey and decrypt: the home opens, whole, with what the person then holds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from gum.paths import Home
from gum.records import Observation
from gum.store import Store

Make = Callable[..., Observation]
KILLS = int(os.environ.get("GUM_TEST_KILLS", "6"))
TREE = Path(__file__).parents[3]


def test_a_change_of_keys_that_is_killed_leaves_a_whole_home(home: Home, observation: Make, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    with Store.open(home) as store:
        kept = [
            store.observations.add(observation(n, text=f"text {n}"), frame=f"pixels {n}".encode() * 50)
            for n in range(40)
        ]
    dice = random.Random(5)
    for _ in range(KILLS):
        _killed(home, keys, dice.uniform(0, 0.25))
        with Store.open(home) as store:
            assert store.observations.between(None, None) == kept
            assert [store.frames.get(one.frame) for one in kept] == [f"pixels {n}".encode() * 50 for n in range(40)]
            assert store._sql.value("PRAGMA integrity_check") == "ok"
            seen = b"".join(file.read_bytes() for file in home.root.rglob("*") if file.is_file())
            assert (b"text 1" in seen, b"pixels 1" in seen) == (not store.encrypted, not store.encrypted)
        assert not list(home.root.glob("gum.db.*"))


def _killed(home: Home, keys: Path, after_s: float) -> None:
    command = [sys.executable, "-m", "tests.store.encryption.killed_change", str(home.root), str(keys)]
    process = subprocess.Popen(command, cwd=TREE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "begins\n", process.stderr.read()
    time.sleep(after_s)
    process.kill()
    process.communicate()
