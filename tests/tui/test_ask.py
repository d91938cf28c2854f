"""A question is answered from what is believed, and what the answer rests on opens."""

from __future__ import annotations

from gum_tui.screens.ask import AskSection
from gum_tui.screens.propositions import PropositionsSection
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.driving import Daemon, drive, seen, shows, until


async def go(pilot: Pilot[None]) -> None:
    await pilot.press("7")
    await shows(pilot, "Ask what gum-desktop believes about you")


def test_the_answer_comes_with_what_it_rests_on_and_that_opens(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"survey report", "enter")
        await shows(pilot, "you  survey report", "The user works on survey-report.md in Mousepad.")
        await until(pilot, lambda: pilot.app.screen.query_one("#cited").display, "what it rests on")
        await shows(pilot, f"[{daemon.ids['report']}]  ●")
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PropositionsSection), "the belief")
        await shows(pilot, "Evidence for")
        await pilot.press("escape", "7")
        await shows(pilot, "you  survey report")

    drive(daemon.client(), walk)


def test_digits_are_typed_and_escape_leaves_the_field_for_the_keys(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"1234567890?/qhjp")
        assert pilot.app.screen.query_one("#question", Input).value == "1234567890?/qhjp"
        await pilot.press("escape", "i", "x", "escape", "3")
        await shows(pilot, "Asked because")

    drive(daemon.client(), walk)


def test_an_absent_daemon_is_said_in_the_talk(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        daemon.go_away()
        await pilot.press(*"who am I", "enter")
        await until(pilot, lambda: str(seen(pilot)).count("gumctl start") >= 1, "the reason")
        daemon.come_back()

    drive(daemon.client(), walk)


def test_a_pasted_megabyte_and_hostile_text_do_no_harm(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        field = pilot.app.screen.query_one("#question", Input)
        field.post_message(events.Paste("\x1b[2J[bold]x" * 200_000))
        await until(pilot, lambda: field.value, "what was pasted")
        await pilot.press("enter")
        await shows(pilot, "At most 2,000 characters; this is")
        field.value = "[red]\x1b]0;owned\x07 who?"
        await pilot.press("enter")
        await shows(pilot, "you  [red]␛]0;owned␇ who?")

    drive(daemon.client(), walk)


def test_leaving_while_it_answers_is_calm(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"deadlines", "enter", "escape", "escape")
        assert isinstance(pilot.app.screen, AskSection)

    drive(daemon.client(), walk)
