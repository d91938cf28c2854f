"""The first run is shown once in a fresh home, and can be opened again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from gum_tui import welcome
from gum_tui.dialogs.welcome import WelcomeDialog
from textual.pilot import Pilot

from tests.tui import life
from tests.tui.driving import Daemon, drive, seen, shows, until


def test_five_steps_are_shown_once_in_a_fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life, "fill", lambda store: {})
    daemon = Daemon(tmp_path / "home")

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "What it does, and what it does not", "1 of 5", "send anything anywhere")
        await pilot.press("enter")
        await shows(pilot, "2 of 5", "are never captured")
        await pilot.press("enter")
        await shows(pilot, "3 of 5", "Nothing was seen in the last minutes.")
        await pilot.press("enter")
        await shows(pilot, "4 of 5", "The built-in engine")
        await pilot.press("h")
        await shows(pilot, "3 of 5")
        await pilot.press("enter", "enter")
        await shows(pilot, "5 of 5", str(daemon.home.root)[:40])
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, WelcomeDialog), "the end")
        assert (daemon.home.root / welcome.MARK).exists()

    drive(daemon.client(), walk)

    async def again(pilot: Pilot[None]) -> None:
        await shows(pilot, "Nothing to review.")
        await pilot.pause(0.2)
        assert "1 of 5" not in seen(pilot)
        await pilot.press("ctrl+w")
        await shows(pilot, "1 of 5")

    drive(daemon.client(), again)
    daemon.close()


def test_who_has_beliefs_is_not_bothered_and_a_test_shows_what_was_read(daemon: Daemon) -> None:
    with daemon.client() as client:
        assert not welcome.wanted(client)
        assert "gpj.exe" in welcome.STEPS[2].text(client, life.NOW - timedelta(minutes=20))
