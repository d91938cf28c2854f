"""Every screen can be read as plain lines."""

from __future__ import annotations

from gum_tui import plain
from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, shows


def test_a_screen_is_read_in_order_without_what_is_drawn(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        lines = plain.lines_of(pilot.app.screen).splitlines()
        verdict, beliefs, suggestions = (
            next(place for place, line in enumerate(lines) if words in line)
            for words in ("not capturing", "Beliefs to review 7", "Suggestions 1")
        )
        assert verdict < beliefs < suggestions
        assert any(line.startswith("chosen: ") for line in lines)
        assert not any("━" in line or "██" in line for line in lines)
        await pilot.press("f2")
        await shows(pilot, "This screen in plain lines")
        await pilot.press("escape", "6", "f2")
        await shows(pilot, "This screen in plain lines", "chosen: Reliability")

    drive(daemon.client(), walk)


def test_the_table_of_beliefs_is_read_with_what_its_signs_and_bars_mean(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "Evidence for")
        await pilot.press("space")
        lines = plain.lines_of(pilot.app.screen).splitlines()
        beliefs = [line for line in lines if "The user" in line and ": " in line]
        assert any(line.startswith("marked, believed: The user") for line in beliefs)
        assert any(line.startswith("chosen: ") for line in beliefs)
        assert any("very likely" in line for line in beliefs)
        assert not any("━" in line for line in lines)

    drive(daemon.client(), walk)
