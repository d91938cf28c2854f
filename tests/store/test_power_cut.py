"""A power cut loses at most the last commits, never the file: whatever the end of the log looks like, a start is whole.

The program writes with `synchronous=NORMAL`: what is in the write-ahead log may not have reached the disk, or only a
part of it, in pages of which the last may be torn.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gum.paths import Home
from gum.store import Store
from tests.store.conftest import BagEmbedder
from tests.store.test_kill import _killed_run

CUTS = int(os.environ.get("GUM_TEST_CUTS", "4"))
ATTEMPTS = 5


@pytest.fixture
def written(tmp_path: Path) -> Home:
    """A home whose writer was killed amid its work: its log holds what the file lacks.

    A writer that was killed while it took its log into the file does not count: its log has reached the disk.
    """
    for attempt in range(ATTEMPTS):
        home = Home(tmp_path / f"written {attempt}")
        _killed_run(home, 0, 1.0)
        file = _rows(home, tmp_path / f"file {attempt}", "gum.db")
        both = _rows(home, tmp_path / f"both {attempt}", "gum.db", "gum.db-wal")
        if file is not None and both is not None and file < both:
            return home
    raise AssertionError("Each writer was killed while or right after its log was taken into the file.")


def _rows(home: Home, folder: Path, *names: str) -> int | None:
    """Return how many observations these files of a home hold; None where they are not whole."""
    folder.mkdir()
    for name in names:
        shutil.copy2(home.root / name, folder)
    with closing(sqlite3.connect(folder / "gum.db")) as database:
        try:
            whole = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            return int(database.execute("SELECT count(*) FROM observations").fetchone()[0]) if whole else None
        except sqlite3.DatabaseError:
            return None


def _cut(written: Home, folder: Path, share: float, chance: random.Random) -> Home:
    """Return a copy whose log ends after this share of it, the last bytes of it zeros or noise."""
    copy = Home(folder)
    shutil.copytree(written.root, folder, copy_function=shutil.copy2)
    for name in ("gum.db-shm", "owner.json"):  # memory of a machine that is off
        (folder / name).unlink(missing_ok=True)
    log = folder / "gum.db-wal"
    whole = log.read_bytes()
    kept = round(share * len(whole))
    torn = chance.choice([b"", bytes(chance.randrange(4096)), chance.randbytes(chance.randrange(4096))])
    log.write_bytes(whole[:kept] + torn)
    return copy


def test_a_copy_of_any_instant_opens_whole(written: Home, tmp_path: Path) -> None:
    chance = random.Random(5)
    assert (written.root / "gum.db-wal").stat().st_size > 10_000
    found = set()
    for number, share in enumerate([0.0, 1.0, *(chance.random() for _ in range(CUTS))]):
        with Store.open(_cut(written, tmp_path / str(number), share, chance), embedder=BagEmbedder()) as store:
            assert store._sql.value("PRAGMA integrity_check") == "ok"
            assert store._sql.rows("PRAGMA foreign_key_check") == []
            store._sql.write("INSERT INTO propositions_fts(propositions_fts, rank) VALUES('integrity-check', 1)")
            seen = store.observations.between(None, None)
            assert [one.source for one in seen] == [f"0/{at}" for at in range(len(seen))]  # a beginning, without a hole
            assert all(store.frames.get(one.frame) == one.source.encode() for one in seen)
            for _ in range(2):  # where much goes at once, the next look makes anew what is out of reach
                store.index.repair()
                store.index.flush()
            assert not store.index.check().any
            found.add(len(seen))
    assert len(found) > 1  # the cuts fell on different instants
