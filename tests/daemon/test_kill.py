"""`kill -9` at any instant loses nothing that was committed and keeps nothing twice."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from gum.config import Config
from gum.daemon.checks.database import database, index
from gum.daemon.lifecycle import connect
from gum.errors import DaemonAbsentError
from gum.paths import Home
from tests.daemon.recordings import write
from tests.waiting import until
from tests.working import Daemon, environment

KILLS = int(os.environ.get("GUM_TEST_KILLS", "3"))
NOTES_A_KILL = 200
SEED = int(os.environ.get("GUM_TEST_SEED", "0")) or random.SystemRandom().randrange(1 << 30)

Row = tuple[int, str, str, str]


def committed(home: Home) -> dict[int, Row]:
    """Return every observation that is on disk, as another process sees it."""
    with closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as disk:
        rows = disk.execute("SELECT id, source, kind, text FROM observations").fetchall()
    return {row[0]: row for row in rows}


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_when_the_daemon_is_killed_during_a_replay(tmp_path: Path, daemon: Daemon) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {KILLS} kills")
    notes = NOTES_A_KILL * KILLS
    recording = write(tmp_path / "recording", notes=notes, pictures=6)
    minilm = os.environ.get("GUM_TEST_MINILM")
    daemon.home.create()
    daemon.home.config.write_text("[keep]\ntexts_days = 0\n")  # the recording is old, and nothing of it may go
    if minilm and Path(minilm).exists():
        (daemon.home.models / "minilm").symlink_to(minilm, target_is_directory=True)
    daemon.start()
    command = [sys.executable, "-m", "gum", "replay", str(recording), "--into", str(daemon.home.root), "--json"]
    with (tmp_path / "brought.json").open("wb") as out:
        replay = subprocess.Popen(command, env=environment(daemon.home), stdout=out, stderr=subprocess.PIPE)
        until(lambda: bool(committed(daemon.home)), 60)  # the replay has found the daemon and begun
        seen = [killed_once(daemon, replay, chance, number) for number in range(KILLS)]
        _, said = replay.communicate(timeout=600)
    assert replay.returncode == 0, said.decode()

    kept = committed(daemon.home)
    for before in seen:
        lost = {id: row for id, row in before.items() if kept.get(id) != row}
        assert not lost, f"committed observations were lost or changed: {lost}"
    texts = Counter(text for _, _, kind, text in kept.values() if kind == "text")
    assert sorted(texts) == sorted({f"{subject}, note {number}" for number, subject in numbered(notes)})
    assert set(texts.values()) == {1}
    sources = Counter(source for _, source, _, _ in kept.values())
    assert set(sources.values()) == {1}

    brought = json.loads((tmp_path / "brought.json").read_text())
    assert len(brought["observations"]) == len(kept)
    with connect(daemon.home) as client:
        stated = Counter(one.text for one in client.propositions(limit=500).items)
    assert set(stated.values()) == {1}
    assert len([text for text in stated if "after kill" in text]) == 3 * KILLS
    daemon.kill()  # the last one; the next start repairs what it left of the index
    daemon.start()
    with connect(daemon.home) as client:
        until(lambda: client.status().index in {"ready", "absent"}, 60)
    assert daemon.stop()[0] == 0
    assert [check for check in database(daemon.home) if check.state != "ok"] == []
    (found,) = index(daemon.home, Config())
    assert found.state == "ok" if minilm else found.sentence == "There is none without an embedder."
    assert any(len(before) > 0 for before in seen), "no kill fell into the replay"


def numbered(notes: int) -> list[tuple[int, str]]:
    from tests.daemon.recordings import SUBJECTS

    return [(number, SUBJECTS[number // 20 % 3]) for number in range(notes)]


def killed_once(daemon: Daemon, replay: subprocess.Popen[bytes], chance: random.Random, number: int) -> dict[int, Row]:
    """Let the replay run a moment, kill the daemon, look at what is on disk, and start it again."""
    time.sleep(chance.uniform(0.05, 1.5))
    assert replay.poll() is None, "the replay ended before the last kill; give it more notes"
    daemon.kill()
    with pytest.raises(DaemonAbsentError):  # nobody says that it still records
        connect(daemon.home)
    kept = committed(daemon.home)
    time.sleep(chance.uniform(0, 0.3))
    daemon.start()
    with connect(daemon.home) as client:  # something for the index, which the next kill may break
        for word in ("harbour", "bread", "tide"):
            client.add_proposition(f"The user stated {word} after kill {number}.")
    until(lambda: len(committed(daemon.home)) > len(kept) or replay.poll() is not None, 60)  # it is found again
    return kept
