"""kill -9 at any instant: nothing committed is lost or doubled, and the index is whole after the next start."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from gum.paths import Home
from gum.store import SearchQuery, Store
from tests.store.conftest import BagEmbedder

KILLS = int(os.environ.get("GUM_TEST_KILLS", "3"))
TREE = Path(__file__).parents[2]


def test_nothing_committed_is_lost_when_the_owner_is_killed(home: Home) -> None:
    dice = random.Random(11)
    observations: dict[int, list[str]] = {}
    propositions: dict[int, str] = {}
    for run in range(KILLS):
        for line in _killed_run(home, run, 0.05 + dice.random()).splitlines(keepends=True):
            if not line.endswith("\n"):
                continue  # it died while it spoke
            if line.startswith("observation"):
                _, id, source, frame = line.split()
                observations[int(id)] = [source, frame]
            else:
                _, id, text = line.rstrip("\n").split("\t")
                propositions[int(id)] = text
        _check(home, observations, propositions)
    assert len(observations) >= KILLS


def _killed_run(home: Home, run: int, after_s: float) -> str:
    command = [sys.executable, "-m", "tests.store.killed_writer", str(home.root), str(run)]
    process = subprocess.Popen(command, cwd=TREE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    assert first.startswith("observation"), process.stderr.read()
    time.sleep(after_s)
    process.kill()
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    return first + rest


def _check(home: Home, observations: dict[int, list[str]], propositions: dict[int, str]) -> None:
    with Store.open(home, embedder=BagEmbedder()) as store:
        kept = store.observations.between(None, None)
        found = {one.id: [one.source, one.frame] for one in kept}
        assert {id: found.get(id) for id in observations} == observations
        assert len({one.source for one in kept}) == len(kept)
        assert all(store.frames.get(frame) == source.encode() for source, frame in found.values())
        texts = {id: one.text for id, one in store.propositions.many(list(propositions)).items()}
        assert {id: text.removesuffix(" Changed.") for id, text in texts.items()} == propositions
        assert all(store.propositions.revisions(id)[0].seq == 1 for id in propositions)
        assert store._sql.value("PRAGMA integrity_check") == "ok"
        store._sql.write("INSERT INTO propositions_fts(propositions_fts, rank) VALUES('integrity-check', 1)")
        store.index.flush()
        drift = store.index.check()
        assert (drift.any, drift.waiting) == (False, 0)
        some = next(iter(texts.values()))
        assert store.search(SearchQuery(some))[0].arms == ("words", "meaning")
