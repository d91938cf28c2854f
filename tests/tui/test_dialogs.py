"""What opens on top of a screen can be read to its end however small the terminal is."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.driving import Daemon, burst, drive, seen, shows, until

SMALL = ((80, 24), (60, 20))


@pytest.mark.parametrize("size", SMALL)
def test_help_scrolls_to_its_last_key(daemon: Daemon, size: tuple[int, int]) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        await pilot.press("question_mark", "G")
        await shows(pilot, "q  ctrl-q         Leave.")

    drive(daemon.client(), walk, size)


@pytest.mark.parametrize("size", SMALL)
def test_a_step_of_the_welcome_scrolls_while_its_keys_stay_in_sight(daemon: Daemon, size: tuple[int, int]) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        await pilot.press("ctrl+w")
        await shows(pilot, "1 of 5", "enter goes on, h goes back")
        await pilot.press("G")
        await shows(pilot, "believe sensitive matters without your leave", "1 of 5", "enter goes on, h goes back")
        await pilot.press("enter")
        await shows(pilot, "2 of 5", "are never")

    drive(daemon.client(), walk, size)


def test_a_meaning_of_two_lines_stays_beside_its_key(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        await pilot.press("question_mark")
        await shows(pilot, "Stop observing for 15 minutes")
        first = next(place for place, line in enumerate(seen(pilot).lines) if "Stop observing" in line)
        column = seen(pilot).lines[first].index("Stop")
        assert seen(pilot).lines[first + 1][column - 2 : column].isspace()
        assert seen(pilot).lines[first + 1][column:].strip(" │").startswith("observing.")

    drive(daemon.client(), walk, (80, 24))


def test_plain_lines_stand_alone_on_the_screen(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        await pilot.press("f2")
        await shows(pilot, "This screen in plain lines", "escape goes back to it.")
        assert not any(sign in seen(pilot) for sign in "━╭│╮╰╯")
        await pilot.press("G")
        await shows(pilot, "? Help")
        await pilot.press("escape")
        await shows(pilot, "Beliefs to review  7")

    drive(daemon.client(), walk, (80, 24))


def test_the_first_key_after_going_to_a_screen_is_no_letter_of_its_search(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await burst(pilot, ["2", "f"])
        await shows(pilot, "Filter by what?")
        await pilot.press("escape")
        await until(pilot, lambda: "search by words or meaning" in seen(pilot), "an empty field")

    drive(daemon.client(), walk)
