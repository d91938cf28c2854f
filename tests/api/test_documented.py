"""The commands of docs/api.md do what the page says."""

from __future__ import annotations

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
    daemon = Daemon(home)
    try:
        daemon.start()
        done = documented.run("api.md", home, tmp_path / "work")
    finally:
        daemon.close()
    assert done.returncode == 0, done.stderr[-3000:]
    said = done.stdout
    assert '"verdict"' in said
    assert "The user plays the cello." in said
    baked = [one for one in said.split('{"proposition":') if "The user bakes bread." in one]
    assert len(baked) == 2
    assert baked[1].startswith(baked[0])
    assert '"detail"' not in said
