"""The log says where something went wrong, never what was on screen."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from gum.daemon import logs


def test_of_an_exception_only_its_kind_and_place_are_written(tmp_path: Path) -> None:
    path = tmp_path / "gum.log"
    handler = logs.to_file(path)
    try:
        try:
            raise ValueError("the bank account is 12345")
        except ValueError:
            logging.getLogger("gum.test").exception("a step failed")
    finally:
        logs.close(handler)
    text = path.read_text()
    assert "a step failed" in text
    assert "ValueError" in text
    assert "test_of_an_exception_only_its_kind_and_place_are_written" in text
    assert "12345" not in text


def test_what_libraries_say_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "gum.log"
    handler = logs.to_file(path)
    try:
        logging.getLogger("some.library").error("query was: the bank account")
        logging.getLogger("gum.test").info("ours")
        logging.getLogger("gumption").error("not ours")
    finally:
        logs.close(handler)
    assert [line.rpartition(": ")[2] for line in path.read_text().splitlines()] == ["ours"]


def test_it_is_for_the_person_alone_also_after_it_was_rotated(tmp_path: Path) -> None:
    path = tmp_path / "gum.log"
    path.write_text("")
    path.chmod(0o644)
    handler = logs.to_file(path)
    try:
        for _ in range(3 * logs.BYTES // 10_000):
            logging.getLogger("gum.test").info("x" * 10_000)
    finally:
        logs.close(handler)
    files = sorted(tmp_path.iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
