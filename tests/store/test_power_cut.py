"""A power cut loses at most the last commits, never the file: whatever the end of the log looks like, a start is whole.

The program writes with `synchronous=NORMAL`: what is in the write-ahead log may not have reached the disk, or only a
part of it, in pages of which the last may be torn.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from gum.paths import Home
from gum.store import Store
from tests.store.conftest import BagEmbedder
from tests.store.test_kill import _killed_run

CUTS = int(os.environ.get("GUM_TEST_CUTS", "6"))


@pytest.fixture
def written(home: Home) -> Home:
    """A home whose writer was killed amid its work, so that its log is still there."""
    _killed_run(home, 0, 1.0)
    return home


def _cut(written: Home, folder: Path, chance: random.Random) -> Home:
    """Return a copy whose log ends anywhere, the last bytes of it zeros or noise."""
    copy = Home(folder)
    shutil.copytree(written.root, folder, copy_function=shutil.copy2)
    for name in ("gum.db-shm", "owner.json"):  # memory of a machine that is off
        (folder / name).unlink(missing_ok=True)
    log = folder / "gum.db-wal"
    whole = log.read_bytes()
    kept = chance.randrange(len(whole) + 1)
    torn = chance.choice([b"", bytes(chance.randrange(4096)), chance.randbytes(chance.randrange(4096))])
    log.write_bytes(whole[:kept] + torn)
    return copy


def test_a_copy_of_any_instant_opens_whole(written: Home, tmp_path: Path) -> None:
    chance = random.Random(5)
    assert (written.root / "gum.db-wal").stat().st_size > 10_000
    found = set()
    for number in range(CUTS):
        with Store.open(_cut(written, tmp_path / str(number), chance), embedder=BagEmbedder()) as store:
            assert store._sql.value("PRAGMA integrity_check") == "ok"
            assert store._sql.rows("PRAGMA foreign_key_check") == []
            store._sql.write("INSERT INTO propositions_fts(propositions_fts, rank) VALUES('integrity-check', 1)")
            seen = store.observations.between(None, None)
            assert [one.source for one in seen] == [f"0/{at}" for at in range(len(seen))]  # a beginning, without a hole
            assert all(store.frames.get(one.frame) == one.source.encode() for one in seen)
            store.index.repair()
            store.index.flush()
            assert not store.index.check().any
            found.add(len(seen))
    assert len(found) > 1  # the cuts fell on different instants
