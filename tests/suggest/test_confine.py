"""What an action cannot do, by the interpreter's word and by the kernel's."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gum.errors import ActionError
from gum.suggest.confine import confined, landlock

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "own"
    made.mkdir()
    return made


def test_work_in_its_folder_is_done_and_its_answer_returned(folder: Path) -> None:
    def work() -> int:
        (folder / "sub").mkdir()
        (folder / "sub" / "a.md").write_text("x")
        (folder / "sub" / "a.md").rename(folder / "b.md")
        (folder / "sub").rmdir()
        return len((folder / "b.md").read_text())

    assert confined(work, folder) == 1
    assert [path.name for path in folder.iterdir()] == ["b.md"]


def test_what_the_work_raises_is_raised(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        confined(lambda: 1 // 0, folder)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda outside: outside.write_text("x"),
        lambda outside: os.open(outside, os.O_WRONLY | os.O_CREAT),
        lambda outside: outside.mkdir(),
        lambda outside: (outside.parent / "kept").unlink(),
        lambda outside: (outside.parent / "kept").rename(outside),
        lambda outside: (outside.parent / "kept").chmod(0o777),
        lambda outside: (outside.parent / "own" / ".." / "beside").write_text("x"),
        lambda outside: (outside.parent / "own" / "link").symlink_to(outside.parent / "kept"),
        lambda outside: os.link(outside.parent / "kept", outside.parent / "own" / "hard"),
        lambda outside: (outside.parent / "own" / "through").write_text("x"),
        lambda outside: subprocess.run(["true"], check=False),
        lambda outside: os.system("true"),
        lambda outside: os.putenv("A", "b"),
        lambda outside: socket.create_connection(("127.0.0.1", 9), timeout=1),
    ],
)
def test_nothing_else_can_be_touched(folder: Path, attempt: Callable[[Path], object]) -> None:
    kept = folder.parent / "kept"
    kept.write_text("mine")
    (folder / "through").symlink_to(kept)
    mode = kept.stat().st_mode
    with pytest.raises(ActionError, match="more than it may"):
        confined(lambda: attempt(folder.parent / "outside"), folder)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["kept", "own"]
    assert (kept.read_text(), kept.stat().st_mode) == ("mine", mode)


def test_an_attempt_that_the_work_hides_is_known_all_the_same(folder: Path) -> None:
    def work() -> str:
        try:
            (folder.parent / "outside").write_text("x")
        except OSError:
            return "nothing happened"
        return "written"

    with pytest.raises(ActionError, match="open"):
        confined(work, folder)


@needs_landlock
def test_the_kernel_holds_code_that_the_interpreter_does_not_see(folder: Path) -> None:
    found: list[object] = []

    def work() -> None:
        landlock.restrict_thread(folder)
        for place in (folder.parent / "outside", folder / "inside"):
            try:
                place.write_text("x")
            except PermissionError as error:
                found.append(error.errno)
            else:
                found.append("written")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [13, "written"]


@needs_landlock
def test_a_thread_that_the_work_starts_can_do_no_more(folder: Path) -> None:
    def late() -> None:
        try:
            (folder.parent / "outside").write_text("x")
        except OSError:
            return

    def work() -> None:
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()

    with contextlib.suppress(ActionError):  # from Python 3.12 on it cannot even be started
        confined(work, folder)
    assert not (folder.parent / "outside").exists()


def test_other_threads_stay_free(folder: Path) -> None:
    confined(lambda: None, folder)
    (folder.parent / "outside").write_text("x")
    assert subprocess.run(["true"], check=False).returncode == 0
