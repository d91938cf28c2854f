"""gumctl init: a private home and a settings file that changes nothing until it is edited."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from gum import config
from gum.cli import gumctl
from gum.cli.settings_file import explained
from gum.errors import ConflictError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(gumctl, ["init", *arguments], catch_exceptions=False)


def test_a_fresh_home_is_the_persons_alone_and_keeps_every_default(home: Path) -> None:
    shown = run()
    assert shown.exit_code == 0
    assert str(home / "config.toml") in shown.stdout
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "config.toml").stat().st_mode) == 0o600
    assert config.load(home / "config.toml") == config.Config()


def test_a_settings_file_that_is_there_is_left_as_it_is(home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("[person]\nname = 'Nora'\n")
    with pytest.raises(ConflictError, match=r"config\.toml is there already"):
        run()
    assert (home / "config.toml").read_text() == "[person]\nname = 'Nora'\n"


def test_every_setting_stands_in_the_file_with_a_value_that_is_valid() -> None:
    lines = (line.removeprefix("# ") for line in explained().splitlines())
    given_out = tomllib.loads("\n".join(line for line in lines if _is_setting(line)))
    named = {f"{section}.{key}" for section, keys in given_out.items() for key in keys}
    assert named == {key for key in config.fields() if "." in key}
    assert config.Config.model_validate(given_out) == config.Config()


@given(st.text(max_size=40))
@example("\x7f")
def test_a_name_of_any_letters_is_read_back(name: str) -> None:
    read = tomllib.loads(explained(name.strip()))
    assert read["person"].get("name", "") == name.strip()


def _is_setting(line: str) -> bool:
    return line.startswith("[") or (" = " in line and line.partition(" = ")[0].isidentifier())
