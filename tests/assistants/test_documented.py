"""The commands of docs/mcp.md do what the page says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gum.paths import Home
from tests import documented
from tests.working import Daemon

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the page uses curl")


def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    home.config.write_text("[capture]\nobservers = []\n")  # there is no display to observe here
    person = tmp_path / "person"
    person.mkdir()
    daemon = Daemon(home)
    try:
        daemon.start()
        done = documented.run("mcp.md", home, tmp_path / "work", seconds=240, HOME=str(person))
    finally:
        daemon.close()
    assert done.returncode == 0, done.stderr[-3000:]
    for version in ("2025-11-25", "2026-07-28"):
        assert f"pipe {version} What is known about the user" in done.stdout
        assert f"http {version} The user plays the cello." in done.stdout
    assert "MCP search_memories" in done.stdout
    assert "Restored: 1 propositions" in done.stdout
    arguments = json.loads((person / ".cursor" / "mcp.json").read_text())["mcpServers"]["gum"]["args"]
    assert arguments[-3:] == ["mcp", "--client", "cursor"]
