"""A home is restored from its archive with every id and its history, and nothing else is."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.errors import ConflictError, RecordingError, StoreVersionError
from gum.paths import Home
from gum.store import Store
from gum.store.encryption import conversion
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock
from gum.transfer import archive
from gum.wire import ForgetIn
from tests.waiting import until
from tests.working import HandClock, Running, running, text

TABLES = ("observations", "episodes", "propositions", "evidence", "revisions", "verdicts", "believed", "access_log")
CANARY = "zanzibar"


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Running]:
    """A home with a belief that was confirmed and corrected, a frame, a client, and something forgotten."""
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as now:
        now.service.agent.receive(text("the harbour survey", clock()))
        clock.forward(hours=2)
        now.service.agent.receive(text(CANARY, clock()))
        clock.forward(hours=2)
        now.work()
        now.client.edit(1, "The user leads the harbour survey")
        now.service.store.observations.add(
            now.service.store.observations.get(1).__class__(
                observer="test", kind="screen", captured_at=clock(), until=clock(), text="picture"
            ),
            b"RIFFframe",
        )
        now.client.add_client("editor", ["read"])
        now.client.forget(ForgetIn(text=CANARY))
        yield now


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as database:
        return {one: database.execute(f"SELECT * FROM {one} ORDER BY 1").fetchall() for one in TABLES}


@pytest.fixture
def packed(life: Running, tmp_path: Path) -> Path:
    path = tmp_path / "life.zip"
    archive.write(life.service.store, path)
    return path


def test_every_id_and_all_history_come_back(life: Running, packed: Path, tmp_path: Path) -> None:
    there = Home(tmp_path / "there")
    restored = archive.restore(there, packed)
    assert rows(there.database) == rows(life.home.database)
    assert (restored.rows["propositions"], restored.frames) == (1, 1)
    with running(there.root, clock=life.service.clock) as now:
        before, after = (one.client.proposition(1) for one in (life, now))
        assert after == before
        assert [one.proposition.id for one in now.client.search("harbour")] == [1]
        sha = now.service.store.observations.last().frame  # type: ignore[union-attr]
        assert now.service.store.frames.get(sha) == b"RIFFframe"
        assert now.client.add_proposition("The user sails.").proposition.id > before.proposition.id


def test_what_was_forgotten_and_who_held_tokens_stay_behind(packed: Path, tmp_path: Path) -> None:
    archive.restore(Home(tmp_path / "there"), packed)
    data = (tmp_path / "there" / "gum.db").read_bytes()
    assert CANARY.encode() not in data.lower()
    assert b"editor" not in data
    assert packed.stat().st_mode & 0o077 == 0


def test_an_encrypted_home_gives_a_plain_archive(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with running(home.root) as now:
        now.client.add_proposition("The user plays the cello.")
    with OwnerLock(home):
        conversion.encrypt(home, FileHolder.new(tmp_path / "key"))
    with Store.open(home) as store:
        archive.write(store, tmp_path / "life.zip")
        assert store.propositions.get(1).text == "The user plays the cello."
    there = Home(tmp_path / "there")
    archive.restore(there, tmp_path / "life.zip")
    with Store.open(there) as store:
        assert store.propositions.get(1).text == "The user plays the cello."


def test_a_home_that_holds_something_is_left_alone(life: Running, packed: Path, tmp_path: Path) -> None:
    there = Home(tmp_path / "there")
    archive.restore(there, packed)
    before = there.database.read_bytes()
    with pytest.raises(ConflictError, match="holds something already"):
        archive.restore(there, packed)
    assert there.database.read_bytes() == before


def changed(packed: Path, target: Path, **parts: bytes | None) -> Path:
    """Return a copy of an archive with some of its parts changed, or without them."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            key = name.partition(".")[0].partition("/")[0]
            data = parts.get(key, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "parts",
    [
        {"manifest": b"{}"},
        {"manifest": b"["},
        {"manifest": json.dumps({"form": archive.FORM, "version": 9}).encode()},
        {"manifest": None},
        {"gum": b""},
        {"gum": b"SQLite format 3\0" + bytes(5000)},
        {"gum": None},
        {"frames": b"another picture"},
    ],
    ids=str,
)
def test_a_damaged_archive_restores_nothing(packed: Path, tmp_path: Path, parts: dict[str, bytes | None]) -> None:
    there = Home(tmp_path / "there")
    broken = changed(packed, tmp_path / "broken.zip", **parts)
    with pytest.raises(RecordingError) as error:
        archive.restore(there, broken)
    assert str(broken) in str(error.value)
    assert not list(there.root.glob("gum.db*"))


def test_a_torn_file_is_no_archive(packed: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.zip"
    torn.write_bytes(packed.read_bytes()[:-500])
    assert not archive.is_archive(torn)
    with pytest.raises(RecordingError):
        archive.restore(Home(tmp_path / "there"), torn)


def test_an_archive_of_a_newer_version_says_so(packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as old:
        (tmp_path / "newer.db").write_bytes(old.read("gum.db"))
    with sqlite3.connect(tmp_path / "newer.db") as database:
        database.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('gum', 'm999_new', '')"
        )
    data = (tmp_path / "newer.db").read_bytes()
    with pytest.raises(StoreVersionError, match="newer version"):
        archive.restore(Home(tmp_path / "there"), changed(packed, tmp_path / "newer.zip", gum=data))


def test_the_api_gives_it_to_the_person_alone(life: Running) -> None:
    got = io.BytesIO()
    assert life.client.export(got, "archive") == len(got.getvalue())
    assert zipfile.ZipFile(got).testzip() is None
    until(lambda: not list(life.home.root.glob("export.*")))


def test_an_old_export_is_cleared_away_and_one_that_goes_meanwhile_is_no_trouble(life: Running, tmp_path: Path) -> None:
    old, going = tmp_path / "export.0.zip", tmp_path / "export.1.zip"
    old.touch()
    os.utime(old, (0, 0))
    going.symlink_to(tmp_path / "nowhere")  # found in the folder, and no longer there when it is looked at
    archive.write(life.service.store, tmp_path / "export.2.zip")
    assert not old.exists()
    assert zipfile.ZipFile(tmp_path / "export.2.zip").testzip() is None
