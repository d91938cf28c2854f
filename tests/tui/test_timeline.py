"""A day can be walked from its band down to the text of one observation."""

from __future__ import annotations

from gum_tui.screens.timeline import DAY, SEEN, STRETCH
from gum_tui.widgets.items import Items
from gum_tui.widgets.reading import Reading
from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, seen, shows, until


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


def test_a_week_shows_its_days_and_enter_goes_into_one(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("escape")
        await shows(pilot, "Week 10, Monday 2 March 2026", "Mon  2", "Tue  3", "a Mousepad, ")
        await pilot.press("k", "enter")
        await shows(pilot, "Monday 2 March 2026", "Firefox · Train timetable")
        await pilot.press("w", "left_square_bracket")
        await shows(pilot, "Week 9,", "nothing")
        await pilot.press("t")
        await shows(pilot, "Tuesday 3 March 2026", "Thunderbird · Inbox")

    drive(daemon.client(), walk, (110, 36))


def test_what_was_inferred_from_an_episode_is_one_key_away(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("j", "i")
        await shows(pilot, "from 10:02 Firefox", "researches conformal prediction")
        assert "deals with Elena" not in seen(pilot)
        await pilot.press("escape")
        await shows(pilot, "every belief", "deals with Elena")

    drive(daemon.client(), walk, (150, 36))


def test_an_episode_is_forgotten_after_a_preview_and_brought_back(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("j", "j", "x")
        await shows(pilot, "Thunderbird · Inbox, 10:42 to 10:50", "This goes", "2 observations")
        await pilot.press("enter")
        await shows(pilot, "Forgotten. U brings it back until")
        await until(pilot, lambda: "8 min  Thunderbird" not in seen(pilot), "the episode to go")
        await pilot.press("U")
        await shows(pilot, "It is back.", "8 min  Thunderbird · Inbox")

    drive(daemon.client(), walk, (150, 36))


def test_an_application_is_excluded_from_here_and_seen_again(daemon: Daemon) -> None:
    def rules() -> list[str]:
        with daemon.client() as client:
            return [rule.pattern for rule in client.exclusions() if rule.source == "you"]

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("j", "j")
        await shows(pilot, "2 observations", "Elena: could you send")
        await pilot.press("X")
        await shows(pilot, "What is never to be seen from now on?", "the application Thunderbird")
        await pilot.press("enter")
        await shows(pilot, "Never seen from now on: the", "back.")
        assert [rule.casefold() for rule in rules()] == ["thunderbird"]
        await pilot.press("u")
        await shows(pilot, "It is seen again.")
        assert rules() == []

    drive(daemon.client(), walk, (150, 36))


def test_a_gap_is_explained(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*["down"] * 9)
        await shows(pilot, "on the list of what is never seen")
        await pilot.press("x")
        await shows(pilot, "nothing to forget")

    drive(daemon.client(), walk, (150, 36))


def test_each_level_begins_at_its_first_row(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        rows = pilot.app.screen.query_one(Items)
        await pilot.press("G", "enter")
        await until(pilot, lambda: (rows.chosen or "").startswith(SEEN), "the observations")
        assert rows.highlighted == 0
        await pilot.press("escape", "w")
        await until(pilot, lambda: (rows.chosen or "").startswith(DAY), "the week")
        assert rows.highlighted
        await pilot.press("enter")
        await until(pilot, lambda: (rows.chosen or "").startswith(STRETCH), "the day")
        assert rows.highlighted == 0

    drive(daemon.client(), walk)


def test_the_text_of_another_row_is_shown_from_its_first_line_on(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await shows(pilot, "2 observations")
        detail = pilot.app.screen.query_one("#detail", Reading)
        detail.scroll_to(y=2, animate=False)
        await until(pilot, lambda: detail.scroll_offset.y, "another line on top")
        await pilot.press("j")
        await until(pilot, lambda: not detail.scroll_offset.y, "the first line")

    drive(daemon.client(), walk, (100, 16))
