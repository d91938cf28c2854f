"""Commands are named as the person's shell would find them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gum.cli import typed


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bin" / "gumctl"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path)])
    return path


def test_a_command_on_the_path_is_named_plainly(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(script.parent))
    assert typed.command() == "gumctl"


def test_a_command_off_the_path_is_named_by_its_place(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(script.parent.parent)
    assert typed.command() == "bin/gumctl"


def test_the_module_is_named_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/gum/__main__.py"])
    assert typed.command() == "gumctl"
