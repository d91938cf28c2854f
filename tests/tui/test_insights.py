"""Insights draws the figures that the daemon reckons, and says each in numbers."""

from __future__ import annotations

import pytest
from gum_tui.figures.heat import shade
from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, seen, shows, until


async def go(pilot: Pilot[None], figure: str) -> None:
    await pilot.press("6")
    await shows(pilot, "Applications", "Disk and models")
    pilot.app.screen.query_one("#names").choose(figure)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_every_figure_is_drawn_with_its_numbers(daemon: Daemon, size: tuple[int, int]) -> None:
    with daemon.client() as client:
        for name in ("report", "deadline", "elena"):
            client.confirm(daemon.ids[name])
        client.reject(daemon.ids["trains"])
    words = {
        "reliability": ("4 verdicts; 75 % of them said it is true.", "Brier score", "●"),
        "scores": ("Does it get better?", "02 Mar   Brier 0.0"),
        "accuracy": ("How much was true, by kind", "100 % of 1", "By engine"),
        "heat": ("Most on", "██"),
        "apps": ("Mousepad", "4 h 30 min"),
        "topics": ("survey-report.md", "3 times"),
        "people": ("Who came up",),
        "room": ("Room on the disk", "Beliefs by engine"),
    }

    async def walk(pilot: Pilot[None]) -> None:
        for figure, expected in words.items():
            await go(pilot, figure)
            await shows(pilot, *expected)
            assert all(len(line) <= size[0] for line in seen(pilot).lines)

    drive(daemon.client(), walk, size)


def test_before_the_first_verdict_it_says_what_is_missing(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "reliability")
        await shows(pilot, "Not known yet")
        await pilot.press("down", "down")
        await shows(pilot, "There is no verdict yet.")

    drive(daemon.client(), walk)


def test_another_span_is_asked_for_by_key(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "apps")
        await shows(pilot, "last 28 days", "Mousepad")
        await pilot.press("d")
        await shows(pilot, "last 7 days")
        await until(pilot, lambda: pilot.app.screen._figures.insights.days == 7, "the figures of 7 days")

    drive(daemon.client(), walk)


def test_a_little_is_never_shown_as_nothing() -> None:
    assert [shade(share) for share in (0, 0.001, 0.3, 0.6, 1)] == ["·", "░", "▒", "▓", "█"]


def test_what_the_person_stated_is_counted_as_theirs(daemon: Daemon) -> None:
    with daemon.client() as client:
        client.confirm(client.add_proposition("The user rows.").proposition.id)

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "accuracy")
        await shows(pilot, "you                  ██████████████ 100 % of 1")
        pilot.app.screen.query_one("#names").choose("room")
        await shows(pilot, "you ", "1 belief")
        assert "person" not in seen(pilot)

    drive(daemon.client(), walk)
