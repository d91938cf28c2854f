"""A day can be walked from its band down to the text of one observation."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, seen, shows


async def go(pilot: Pilot[None]) -> None:
    await pilot.press("5")
    await shows(pilot, "Tuesday 3 March 2026", "Thunderbird · Inbox")


def test_episodes_and_gaps_are_listed_with_their_lengths_and_reasons(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await shows(pilot, "28 min  screen locked", "15 min  paused by you", "in an excluded window (private window)")
        await shows(pilot, "55 min  Mousepad · survey-report.md", "2,140 keys, 12 clicks", "2 observations")

    drive(daemon.client(), walk, (160, 40))


def test_enter_goes_from_episode_to_observations_to_text_and_escape_back(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("enter")
        await shows(pilot, "› 09:05 Mousepad · survey-report.md", "09:06  typed by you")
        await pilot.press("j")
        await shows(pilot, "typed by you at 09:06 for 54 min · you typed it")
        await pilot.press("enter", "escape", "escape")
        await shows(pilot, "Thunderbird · Inbox")
        assert "›" not in seen(pilot)

    drive(daemon.client(), walk)


def test_a_gap_says_why_nothing_was_seen(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*["down"] * 9)
        await shows(pilot, "In an excluded window", "14:20 to 14:38 · 18 min")

    drive(daemon.client(), walk)


def test_days_before_and_after_are_one_key_away_and_there_is_no_tomorrow(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("left_square_bracket")
        await shows(pilot, "Monday 2 March 2026", "Firefox · Train timetable")
        await pilot.press("left_square_bracket")
        await shows(pilot, "Sunday 1 March 2026", "Nothing was seen on this day.")
        await pilot.press("right_square_bracket")
        await shows(pilot, "Monday 2 March 2026")
        await pilot.press("t")
        await shows(pilot, "Tuesday 3 March 2026")
        await pilot.press("right_square_bracket")
        await pilot.pause(0.1)
        await shows(pilot, "Tuesday 3 March 2026")

    drive(daemon.client(), walk)


def test_hostile_titles_and_texts_are_inert(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("G", "enter", "j")
        await shows(pilot, "␛]0;owned␇␛[2J[bold red]not bold[/] zerowidth")
        assert not set(str(seen(pilot))) & set("\x1b\x07\u200b\u202e")

    drive(daemon.client(), walk, (160, 48))


def test_in_a_narrow_terminal_the_text_takes_the_whole_width(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("enter")
        await shows(pilot, "09:06  typed by you")
        await pilot.press("j", "enter")
        await shows(pilot, "Draft for Elena: the survey report is due on 13 March.")

    drive(daemon.client(), walk, (80, 24))
