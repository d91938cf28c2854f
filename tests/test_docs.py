"""The documentation keeps up with the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click import Context, Group

from gum import config
from gum.cli import gumctl

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def commands(group: Group, prefix: str) -> list[str]:
    found = []
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += commands(command, f"{prefix} {name}") if isinstance(command, Group) else [f"{prefix} {name}"]
    return found


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_every_dependency_has_its_line_of_why(requirement: str) -> None:
    name = re.split(r"[<>=;\s]", requirement)[0]
    assert f"| {name} |" in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", sorted(config.fields()))
def test_every_setting_is_documented(key: str) -> None:
    assert f"`{key}`" in (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", commands(gumctl, "gumctl"))
def test_every_command_is_documented_and_has_help(command: str) -> None:
    assert f"`{command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_relative_links_lead_to_files_that_exist() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
