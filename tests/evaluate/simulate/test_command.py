"""`gumctl eval simulate` and `all`: what they refuse before anything is simulated."""

from __future__ import annotations

from pathlib import Path

from gum.cli.exit_codes import ExitCode
from gum.paths import Home
from tests.working import gumctl


def test_seeds_of_no_set_are_an_error(tmp_path: Path) -> None:
    done = gumctl(Home(tmp_path), "eval", "simulate", "--seed", "300", "--json")
    assert done.returncode != 0
    assert "of no set" in done.stderr


def test_a_seed_and_held_out_exclude_each_other(tmp_path: Path) -> None:
    done = gumctl(Home(tmp_path), "eval", "simulate", "--seed", "3", "--held-out")
    assert done.returncode == ExitCode.USAGE
    assert "not both" in done.stderr


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = gumctl(Home(tmp_path), "eval", "all", "--retrieval", "nowhere.json", "--out", str(tmp_path / "out"))
    assert done.returncode == ExitCode.USAGE
    assert "nowhere.json" in done.stderr
