"""A result is written anew from the terminal interface, version by version, and each is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from gum.client import Client
from gum.records import Suggestion
from tests.suggest.writing import writing
from tests.tui.driving import drive, shows
from tests.working import Running, running, settings


@pytest.fixture
def now(tmp_path: Path) -> Iterator[Running]:
    with writing() as infer, running(tmp_path / "home", settings(infer=infer)) as made:
        payload = {"title": "Herons", "markdown": "Herons nest in trees.\n"}
        offer = Suggestion("collect", "Keep it", "Read.", "note", payload, (), "shown", {}, "k", made.service.clock())
        made.service.store.suggestions.add(offer)
        yield made


def client(now: Running) -> Client:
    return Client(now.client.url, now.token, timeout=5.0)


def test_a_wish_makes_a_version_and_undo_takes_back_one_at_a_time(now: Running) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Welcome")
        await pilot.press("escape", "4")
        await shows(pilot, "Keep it", "Accepting will")
        await pilot.press("a")
        await shows(pilot, "This will be done")
        await pilot.press("enter")
        await shows(pilot, "Wrote Herons.md")
        await pilot.press("e")
        await shows(pilot, "How shall it be written?")
        await pilot.press(*"shorter", "ctrl+s")
        await shows(pilot, "Wrote Herons-2.md", "2. “shorter”", "SHORTER: Herons nest in trees.")
        await pilot.press("u")
        await shows(pilot, "Wrote Herons.md")
        await pilot.press("u")
        await shows(pilot, "done and taken back")

    drive(client(now), walk)
    assert [one for one in now.home.output.rglob("*") if one.is_file()] == []
