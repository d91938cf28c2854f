"""The database: made whole, opened only when it is ours, and clear about what is wrong with it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gum.errors import (
    ConflictError,
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreVersionError,
)
from gum.paths import Home
from gum.records import Observation
from gum.store import Store

MALFORMED = Path(__file__).parents[3] / "shared/data/malformed/sqlite_malformed"
Make = Callable[..., Observation]


def test_a_new_store_is_for_the_person_alone(store: Store, home: Home) -> None:
    store.settings.set("a", 1)
    for file in (home.database, home.database.with_name("gum.db-wal"), home.lock, home.owner):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    for folder in (home.root, home.frames, home.index):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_foreign_keys_and_the_write_ahead_log_are_on(store: Store) -> None:
    asked = {name: store._sql.value(f"PRAGMA {name}") for name in ("foreign_keys", "journal_mode", "secure_delete")}
    assert asked == {"foreign_keys": 1, "journal_mode": "wal", "secure_delete": 1}


def test_what_was_kept_is_there_after_opening_again(home: Home, observation: Make) -> None:
    with Store.open(home) as store:
        kept = store.observations.add(observation(text="kept"))
    with Store.open(home) as store:
        assert store.observations.get(kept.id) == kept


def test_an_empty_file_where_a_database_was_is_refused(home: Home) -> None:
    home.create()
    home.database.touch()
    with pytest.raises(StoreCorruptError, match=r"gum\.db is empty, though a database was kept there"):
        Store.open(home)
    assert home.database.read_bytes() == b""


def test_a_database_gone_from_beside_its_journal_is_not_made_anew(home: Home) -> None:
    home.create()
    home.database.with_name("gum.db-wal").write_bytes(b"changes")
    with pytest.raises(StoreCorruptError, match=r"missing, but changes to it are waiting in gum\.db-wal"):
        Store.open(home)
    assert not home.database.exists()


def test_what_a_crash_left_of_a_database_in_the_making_is_no_obstacle(home: Home) -> None:
    home.create()
    home.database.with_name("gum.db.new").write_bytes(b"half")
    with Store.open(home) as store:
        assert store.observations.count() == 0
    assert not home.database.with_name("gum.db.new").exists()


@pytest.mark.parametrize(
    "content", [b"hello, this is a letter to my aunt. " * 99, b"SQLite format 3\0" + b"\xff" * 4080, b"x"]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(home: Home, content: bytes) -> None:
    home.create()
    home.database.write_bytes(content)
    with pytest.raises(StoreCorruptError, match=r"damaged or not a database|database of another program"):
        Store.open(home)
    assert home.database.read_bytes() == content


def test_a_database_of_another_program_is_refused(home: Home) -> None:
    home.create()
    with sqlite3.connect(home.database) as other:
        other.execute("CREATE TABLE recipes(name)")
    other.close()
    with pytest.raises(StoreCorruptError, match="database of another program"):
        Store.open(home)


def test_a_newer_database_is_refused_and_stays_usable_for_the_newer_version(home: Home) -> None:
    Store.open(home).close()
    with sqlite3.connect(home.database) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('gum', 'm999_mind', 'now')"
        )
    newer.close()
    with pytest.raises(StoreVersionError, match=r"newer version of gum-desktop .*m999_mind"):
        Store.open(home)


def test_an_older_database_is_brought_to_this_version(home: Home, observation: Make) -> None:
    home.create()
    Store.open(home).close()
    with sqlite3.connect(home.database) as older:  # as m001 left it
        older.executescript(
            "DROP TABLE vectors; DROP TABLE outbox; DROP TRIGGER propositions_insert; DROP TRIGGER propositions_delete;"
            "DROP TRIGGER propositions_update; DROP TABLE propositions_vocabulary; DROP TABLE propositions_fts;"
            "ALTER TABLE propositions DROP COLUMN bigrams; DELETE FROM _sqlite_migrations WHERE name='m002_search'"
        )
    older.close()
    with Store.open(home) as store:
        assert store.propositions.list() == []
        assert store._sql.value("SELECT count(*) FROM outbox") == 0


def test_a_refused_store_can_be_opened_once_the_cause_is_gone(home: Home) -> None:
    home.create()
    home.database.touch()
    with pytest.raises(StoreCorruptError):
        Store.open(home)
    home.database.unlink()
    Store.open(home).close()


@pytest.mark.skipif(not MALFORMED.is_dir(), reason="the folder of damaged databases is not on this machine")
def test_damaged_databases_are_refused_in_a_sentence(tmp_path: Path) -> None:
    program = """
        import shutil, sys
        from pathlib import Path
        from gum.errors import StoreError
        from gum.paths import Home
        from gum.store import Store
        for file in sys.argv[2:]:
            home = Home(Path(sys.argv[1]) / Path(file).name)
            home.create()
            shutil.copy(file, home.database)
            try:
                Store.open(home).close()
            except StoreError as error:
                print(type(error).__name__)
            else:
                print("opened", file)
    """
    files = sorted(MALFORMED.glob("*.db"))
    ended = _run(program, str(tmp_path), *map(str, files))
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["StoreCorruptError"] * len(files)


def test_a_database_of_ours_with_damaged_pages_never_raises_a_foreign_error(tmp_path: Path, observation: Make) -> None:
    source = Home(tmp_path / "source")
    with Store.open(source) as store:
        for number in range(300):
            store.observations.add(observation(number, text=f"words {number} " * 20, source=str(number)))
    program = """
        import sys
        from pathlib import Path
        from gum.errors import StoreError
        from gum.paths import Home
        from gum.records import Observation
        from gum.store import Store
        for root in sys.argv[1:]:
            try:
                with Store.open(Home(Path(root))) as store:
                    found = store.observations.between(None, None)
                    store.propositions.list()
                    store.jobs.counts()
                    store.observations.add(found[0].__class__("o", "k", found[0].captured_at, found[0].until))
                print("works")
            except StoreError as error:
                print(type(error).__name__)
    """
    dice = random.Random(7)
    homes = []
    for number in range(25):
        home = Home(tmp_path / f"damaged{number}")
        home.create()
        data = bytearray(source.database.read_bytes())
        for _ in range(dice.choice((1, 10, 200))):
            data[dice.randrange(100, len(data))] = dice.randrange(256)
        home.database.write_bytes(data)
        homes.append(str(home.root))
    ended = _run(program, *homes)
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout.split()) == 25
    assert "StoreCorruptError" in ended.stdout


# ------------------------------------------------------------------ space and rights


def test_a_full_database_says_so_and_keeps_what_was_committed(store: Store, observation: Make) -> None:
    store.observations.add(observation(text="before"))
    pages = store._sql.value("PRAGMA page_count")
    store._sql.value(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreFullError, match="no space left"):
        _add_many(store, observation)
    kept = store.observations.count()
    store._sql.value("PRAGMA max_page_count=1000000")
    assert store.observations.add(observation(text="after")).id > 0
    assert store.observations.count() == kept + 1


def test_a_full_transaction_is_taken_back_whole(store: Store, observation: Make) -> None:
    pages = store._sql.value("PRAGMA page_count")
    store._sql.value(f"PRAGMA max_page_count={pages + 3}")

    with pytest.raises(StoreFullError), store.transaction():
        _add_many(store, observation)
    assert store.observations.count() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=3m", "none", str(place)]
    if (
        os.geteuid() != 0
        or mount is None
        or subprocess.run([mount, *options], capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_says_so_and_nothing_committed_is_lost(small_disk: Path, observation: Make) -> None:
    home = Home(small_disk / "home")
    with Store.open(home) as store:
        kept: list[int] = []
        with pytest.raises(StoreFullError, match="What was kept is safe"):
            _fill_up(store, observation, kept)
        assert len(kept) > 5
        assert [one.id for one in store.observations.between(None, None)] == kept
        store.frames.trim(100_000)
        assert store.observations.add(observation(text="there is room again")).id > 0
    with Store.open(home) as store:
        assert store.observations.count() == len(kept) + 1


def test_a_disk_that_is_full_from_the_start_leaves_no_half_database(small_disk: Path) -> None:
    home = Home(small_disk / "home")
    home.create()
    (small_disk / "filler").write_bytes(b"\0" * (3 * 2**20 - 90_000))
    with pytest.raises(StoreFullError):
        Store.open(home)
    assert not home.database.exists()
    (small_disk / "filler").unlink()
    Store.open(home).close()


def test_a_disk_that_cannot_be_written_says_so(small_disk: Path, observation: Make) -> None:
    home = Home(small_disk / "home")
    Store.open(home).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreReadOnlyError, match=r"cannot be written .*GUM_HOME"):
        Store.open(home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_to_write_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreReadOnlyError, match="GUM_HOME"):
        Store.open(Home(tmp_path / "home"))


def test_a_home_that_is_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreReadOnlyError, match="cannot be written"):
        Store.open(Home(tmp_path / "home"))


# ------------------------------------------------------------------ transactions


def test_a_failed_transaction_leaves_nothing(store: Store, observation: Make) -> None:
    with pytest.raises(KeyError), store.transaction():
        _add_and_fail(store, observation())
    assert store.observations.count() == 0


def test_a_transaction_inside_another_fails_by_itself(store: Store, observation: Make) -> None:
    with store.transaction():
        store.observations.add(observation(text="outer"))
        with pytest.raises(KeyError), store.transaction():
            _add_and_fail(store, observation(text="inner"))
        store.observations.add(observation(text="outer too"))
    assert [one.text for one in store.observations.between(None, None)] == ["outer", "outer too"]


def test_another_writer_is_waited_for_and_then_named(home: Home, store: Store, observation: Make) -> None:
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._sql.value("PRAGMA busy_timeout=50")
    with pytest.raises(StoreLockedError, match="in use by another program"):
        store.observations.add(observation())
    other.close()
    store.observations.add(observation())


def test_half_a_character_is_refused_with_a_reason(store: Store, observation: Make) -> None:
    with pytest.raises(ConflictError, match="half a character"):
        store.observations.add(observation(text="\ud83d", content_hash="x"))


def test_a_closed_store_says_so(home: Home) -> None:
    store = Store.open(home)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.observations.count()


def _add_many(store: Store, observation: Make) -> None:
    for number in range(50):
        store.observations.add(observation(number, text="x" * 5000))


def _fill_up(store: Store, observation: Make, kept: list[int]) -> None:
    while True:
        kept.append(store.observations.add(observation(text="x" * 2000), frame=os.urandom(20_000)).id)


def _add_and_fail(store: Store, observation: Observation) -> None:
    store.observations.add(observation)
    raise KeyError("mine")


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


def test_a_database_is_written_anew_only_while_nobody_else_reads_it(store: Store, observation: Make) -> None:
    store.observations.add(observation(text="kept"))
    other = sqlite3.connect(store.home.database)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM observations").fetchall()
    store.observations.add(observation(1, text="later"))
    store._sql.rows("PRAGMA busy_timeout=50")
    with pytest.raises(StoreLockedError, match="being read by another program"):
        store._sql.rewrite()
    other.close()
    store._sql.rewrite()
    assert [one.text for one in store.observations.between(None, None)] == ["kept", "later"]
    assert sorted(file.name for file in store.home.root.glob("gum.db*")) == ["gum.db", "gum.db-shm", "gum.db-wal"]
