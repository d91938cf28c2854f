"""A question is answered from what is believed, and what the answer rests on opens."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from gum_tui.screens.ask import AskSection
from gum_tui.screens.propositions import PropositionsSection
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from gum import plugins
from gum.records import Proposition
from tests.tui.driving import Daemon, drive, seen, shows, until
from tests.working import EchoEngine


async def go(pilot: Pilot[None]) -> None:
    await pilot.press("7")
    await shows(pilot, "Ask what gum-desktop believes about you")


def test_the_answer_comes_with_what_it_rests_on_and_that_opens(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"survey report", "enter")
        await shows(pilot, "you  survey report", "The user works on survey-report.md in Mousepad.")
        await until(pilot, lambda: pilot.app.screen.query_one("#cited").display, "what it rests on")
        assert "Ask what gum-desktop believes" in seen(pilot).lines[2], "a short talk stands where it began"
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


class LongTalker(EchoEngine):
    """A model that says forty lines at once, and the rest when it is let go on."""

    name = "long"
    author = "long/1"
    is_model = True
    go_on = threading.Event()
    stopped = threading.Event()

    def answer_stream(self, question: str, propositions: Sequence[Proposition]) -> Iterator[str]:
        yield from (f"line {number} for {question}\n" for number in range(40))
        self.go_on.wait(30)
        if self.stopped.is_set():
            return
        yield "that was all"

    def cancel(self) -> None:
        self.stopped.set()
        self.go_on.set()


@pytest.fixture
def talker(tmp_path: Path) -> Iterator[Daemon]:
    plugins.register("gum.engines", "long", LongTalker)
    LongTalker.go_on.clear()
    LongTalker.stopped.clear()
    served = Daemon(tmp_path / "home", infer={"engine": "long"})
    yield served
    LongTalker.go_on.set()
    served.close()
    plugins.unregister("gum.engines", "long")


def test_an_answer_is_followed_as_it_comes_and_told_how_long_it_takes(talker: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"report", "enter")
        await shows(pilot, "line 39 for report", "answering … ", " s; escape stops it")
        await pilot.resize_terminal(70, 20)
        await shows(pilot, "line 39 for report", "escape stops it")
        talk = pilot.app.screen.query_one("#talk")
        talk.scroll_home(animate=False)
        await shows(pilot, "line 0 for report")
        LongTalker.go_on.set()
        await until(pilot, lambda: pilot.app.screen.query_one("#cited").display, "the end")
        await shows(pilot, "line 0 for report")
        assert "that was all" not in seen(pilot), "who reads the beginning is left there"
        talk.scroll_end(animate=False)
        await shows(pilot, "that was all", "long/1")

    drive(talker.client(), walk, (90, 30))


def test_escape_stops_an_answer_and_the_model(talker: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press(*"report", "enter")
        await shows(pilot, "line 39 for report")
        await pilot.press("escape")
        await shows(pilot, "line 39 for report", "Stopped.")
        assert "escape stops it" not in seen(pilot)
        await until(pilot, LongTalker.stopped.is_set, "the model's end")

    drive(talker.client(), walk)
