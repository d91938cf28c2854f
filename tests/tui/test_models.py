"""Models shows what understands and what could, and gets and uses it."""

from __future__ import annotations

from gum_tui.topics.installed import measured
from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, shows, until


async def go(pilot: Pilot[None], topic: str) -> None:
    await pilot.press("9")
    await shows(pilot, "On this machine", "Downloads")
    pilot.app.screen.query_one("#topics").choose(topic)


def test_every_topic_answers(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "engines")
        await shows(pilot, "statistical", "Nothing waits")
        await go(pilot, "catalogue")
        await shows(pilot, "suits this machine", "GB")
        await go(pilot, "installed")
        await shows(pilot, "No model is here.")
        await go(pilot, "downloads")
        await shows(pilot, "Nothing is on its way.")

    drive(daemon.client(), walk)


def test_before_a_model_is_got_its_size_and_source_are_said(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "catalogue")
        await until(pilot, lambda: pilot.app.screen.row is not None, "the catalogue")
        await pilot.press("enter", "p")
        await shows(pilot, "Are you sure?", "Get ")
        await pilot.press("escape", "enter")
        await shows(pilot, "licence")

    drive(daemon.client(), walk)


def test_what_was_measured_is_said_a_line_each() -> None:
    assert measured({"words_per_s": 12.5}) == "words per s  12.5"
    assert "gumctl models bench" in measured({})
