"""The commands of docs/operations.md do what the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gum.daemon.lifecycle import stop
from gum.paths import Home
from tests import documented
from tests.observers.conftest import Session

NEEDED = ("Xvfb", "openbox", "xterm", "xdotool", "xprop", "timeout")

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED), reason=f"one of {', '.join(NEEDED)} is not installed"
)


@pytest.mark.timeout(300)
def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    desk = Session()
    try:
        desk.xterm("harbour")
        done = documented.run("operations.md", home, tmp_path / "work", 240, DISPLAY=desk.display)
    finally:
        stop(home)
        desk.close()
    assert done.returncode == 0, done.stderr[-3000:]
    said = done.stdout
    assert "recording" in said
    assert "paused until" in said
    assert "it records" in said
    assert "It does not start with my session." in said
    assert "captures were delivered, 0 wait" in said
    assert (tmp_path / "work" / "backup" / "gum.db").exists()
