"""Models shows what understands and what could, and gets and uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gum_tui.topics import downloads
from gum_tui.topics.installed import measured
from textual.pilot import Pilot

from gum.client import PullView
from gum.errors import EngineError
from gum.protocols import KeptModel
from tests.small_setup import SmallSetup, small_setup
from tests.tui.driving import Daemon, drive, seen, shows, until


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


@pytest.fixture
def small() -> Iterator[type[SmallSetup]]:
    with small_setup() as made:
        yield made


async def chosen(pilot: Pilot[None], topic: str, words: str) -> None:
    """Go to a topic, and to the row with these words."""
    rows = pilot.app.screen.query_one("#rows")
    pilot.app.screen.query_one("#topics").choose(topic)
    await shows(pilot, words)
    await until(pilot, lambda: rows.option_count, "the rows")
    place = next(each for each in range(rows.option_count) if words in str(rows.get_option_at_index(each).prompt))
    rows.focus()
    rows.highlighted = place


def test_a_download_is_followed_stopped_taken_up_and_its_model_used(daemon: Daemon, small: type[SmallSetup]) -> None:
    small.go_on.clear()
    daemon.home.config.write_text("[capture]\nobservers = []\n")

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "catalogue")
        await chosen(pilot, "catalogue", "Tiny")
        await pilot.press("p")
        await shows(pilot, "Are you sure?", "Get Tiny (100 B)")
        await pilot.press("enter")
        await shows(pilot, "It is on its way")
        await chosen(pilot, "downloads", "Tiny")
        await shows(pilot, "10 %", "10 B of 100 B · waiting for the server")
        await pilot.press("s")
        await shows(pilot, "stopping")
        small.go_on.set()
        await shows(pilot, "Stopped. What was got so far is kept")
        await pilot.press("p")
        await shows(pilot, "It is here. a uses it.")
        await pilot.press("a")
        await shows(pilot, "It is here. The daemon uses it from its next start on")
        await pilot.pause(1.5)
        assert "The daemon uses it from its next start on" in seen(pilot)
        await chosen(pilot, "installed", "Tiny")
        await shows(pilot, "● 100 B")
        await pilot.press("d")
        await shows(pilot, "Remove Tiny (100 B)?")
        await pilot.press("enter")
        await shows(pilot, "No model is here.")

    drive(daemon.client(), walk)


def test_a_download_that_fails_says_why_and_can_be_tried_again(
    daemon: Daemon, small: type[SmallSetup], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> KeptModel:
        raise EngineError("The connection to [bold]example.org broke off.")

    async def walk(pilot: Pilot[None]) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(SmallSetup, "pull", broken)
            with daemon.client() as client:
                client.pull_model("tiny")
            await go(pilot, "downloads")
            await shows(pilot, "✗ The connection to [bold]example.org broke off.")
        await chosen(pilot, "downloads", "Tiny")
        await pilot.press("p")
        await shows(pilot, "It is here.")

    drive(daemon.client(), walk)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, " 42 %\n15.1 GB of 36.0 GB · 2.0 MB/s · 2 h 54 min left"),
        ({"bytes_per_s": 0.0, "left_s": None}, " 42 %\n15.1 GB of 36.0 GB · waiting for the server …"),
        ({"done_bytes": 36_000_000_000}, " 100 %\n36.0 GB of 36.0 GB · being checked …"),
        ({"state": "stopping"}, " 42 %\n15.1 GB of 36.0 GB · stopping …"),
    ],
)
def test_progress_is_a_bar_and_one_line_that_80_columns_hold(changed: dict[str, object], words: str) -> None:
    one = PullView(
        name="small",
        title="Small",
        engine="llama",
        state="running",
        done_bytes=15_120_000_000,
        total_bytes=36_000_000_000,
        bytes_per_s=2_000_000.0,
        left_s=10_440.0,
    )
    shown = downloads.content(one.model_copy(update=changed)).plain
    assert shown.removeprefix("━" * 10).lstrip("━╸") == words
    assert max(len(each) for each in shown.splitlines()) <= 51
