"""The token file: made once, for the person alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gum.api import token
from gum.errors import ConfigError, StoreReadOnlyError


def test_it_is_made_once_with_enough_to_guess_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "token"
    made = token.ensure(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made) >= 43
    assert token.ensure(path) == token.read(path) == made


def test_two_homes_have_different_tokens(tmp_path: Path) -> None:
    assert token.ensure(tmp_path / "a") != token.ensure(tmp_path / "b")


def test_a_file_that_others_could_read_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "token"
    token.ensure(path)
    path.chmod(0o644)
    token.read(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 50])
def test_a_damaged_token_is_not_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "token"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="token"):
        token.ensure(path)


def test_a_missing_token_says_when_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="when the daemon first starts"):
        token.read(tmp_path / "token")


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnlyError, match="cannot be written"):
        token.ensure(tmp_path / "absent" / "token")
