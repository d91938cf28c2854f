"""A home that others could read, or whose files lie elsewhere, is refused with the fix in the sentence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from gum.errors import StoreUnsafeError
from gum.paths import Home
from gum.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    Store.open(made).close()
    return made


def refused(home: Home) -> str:
    """Return the sentence of the refusal; nothing was written."""
    before = sorted((str(file), file.lstat().st_mtime_ns) for file in home.root.rglob("*"))
    with pytest.raises(StoreUnsafeError) as caught:
        Store.open(home)
    assert sorted((str(file), file.lstat().st_mtime_ns) for file in home.root.rglob("*")) == before
    return str(caught.value)


def test_a_home_that_others_can_read_is_refused_until_the_fix_is_run(home: Home) -> None:
    home.root.chmod(0o755)
    sentence = refused(home)
    fix = sentence.partition("Run: ")[2]
    assert fix == f"chmod -R go= '{home.root}'"
    subprocess.run(fix, shell=True, check=True)
    Store.open(home).close()


@pytest.mark.parametrize("name", ["frames", "index", "output"])
def test_a_folder_that_is_a_link_or_open_is_refused(home: Home, name: str, tmp_path: Path) -> None:
    folder = home.root / name
    folder.chmod(0o770)
    assert "can be read by other users (mode 0770)" in refused(home)
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert f"is a link to {tmp_path}" in refused(home)


@pytest.mark.parametrize("name", ["gum.db", "owner.lock", "token", "encryption.json", "gum.log"])
def test_a_file_that_is_a_link_or_has_a_second_name_is_refused(home: Home, name: str, tmp_path: Path) -> None:
    file, outside = home.root / name, tmp_path / "outside"
    outside.write_bytes(file.read_bytes() if file.exists() else b"")
    file.unlink(missing_ok=True)
    file.symlink_to(outside)
    content = outside.read_bytes()
    assert f"is a link to {outside}" in refused(home)
    file.unlink()
    os.link(outside, file)
    assert "second name" in refused(home)
    assert outside.read_bytes() == content
    file.unlink()
    os.mkfifo(file)
    assert "no ordinary file" in refused(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_what_belongs_to_another_user_is_refused(home: Home) -> None:
    os.chown(home.database, 12345, -1)
    assert "belongs to another user" in refused(home)
    os.chown(home.database, 0, -1)
    os.chown(home.root, 12345, -1)
    assert "sudo chown -R" in refused(home)


def test_the_home_itself_may_be_reached_through_a_link(home: Home, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(home.root)
    with Store.open(Home(tmp_path / "way")) as store:
        assert store.home.database.samefile(home.database)


def test_a_frame_is_never_written_through_a_link(home: Home, tmp_path: Path) -> None:
    with Store.open(home) as store:
        place = store.frames.path(store.frames.put(b"x"))
        place.unlink()
        (tmp_path / "outside").write_bytes(b"theirs")
        place.symlink_to(tmp_path / "outside")
        store.frames.put(b"x")
    assert (tmp_path / "outside").read_bytes() == b"theirs"
