"""Beliefs are found by words, filters and place."""

from __future__ import annotations

import pytest
from gum_tui import plain
from textual.pilot import Pilot

from gum.records import Theme
from tests.tui import life
from tests.tui.beliefs import open_belief, table
from tests.tui.driving import Daemon, burst, drive, seen, shows, until


def test_search_finds_as_one_types_and_escape_shows_all_again(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        count = len(table(pilot).rows)
        await pilot.press("slash", *"elena")
        await until(pilot, lambda: len(table(pilot).rows) < count, "fewer beliefs")
        assert table(pilot).rows[0].id == daemon.ids["elena"]
        await pilot.press("escape")
        await until(pilot, lambda: len(table(pilot).rows) == count, "all beliefs")
        assert table(pilot).has_focus

    drive(daemon.client(), walk)


def test_a_pasted_megabyte_in_the_search_does_no_harm(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("slash")
        pilot.app.screen.query_one("#search").value = "qzx [bold" * 120_000  # type: ignore[attr-defined]
        await shows(pilot, "No belief fits.")

    drive(daemon.client(), walk)


def test_filters_choose_kind_and_status(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("f")
        await shows(pilot, "Filter by what?")
        await pilot.press("enter")
        await shows(pilot, "Beliefs of which kind?")
        await pilot.press(*["down"] * 5, "enter")
        await until(pilot, lambda: [row.id for row in table(pilot).rows] == [daemon.ids["elena"]], "the relation")
        await shows(pilot, "f relation")
        await pilot.press("escape", "s")
        await shows(pilot, "Which beliefs?")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: [row.id for row in table(pilot).rows] == [daemon.ids["editor"]], "the confirmed one")

    drive(daemon.client(), walk)


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        (1, list(Theme).index(Theme.PEOPLE) + 1, ["elena"]),
        (2, 3, ["report", "deadline", "elena"]),
        (3, 5, ["editor"]),
        (5, 1, ["report", "deadline", "elena", "editor", "stuck", "conformal", "hostile"]),
        (6, 1, []),
    ],
    ids=["theme", "probability", "lifetime", "time", "sensitive"],
)
def test_filters_choose_by_more_than_kind(daemon: Daemon, field: int, value: int, names: list[str]) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("f")
        await shows(pilot, "Filter by what?")
        await pilot.press(*["down"] * field, "enter")
        await shows(pilot, "Beliefs of which")
        await pilot.press(*["down"] * value, "enter")
        wanted = {daemon.ids[name] for name in names}
        await until(pilot, lambda: {row.id for row in table(pilot).rows} == wanted, "the beliefs chosen")
        await pilot.press("f")
        await shows(pilot, "clear them all")
        await pilot.press("G", "enter")
        await until(pilot, lambda: table(pilot).total == 8, "every belief")

    drive(daemon.client(), walk)


def test_any_row_of_many_is_one_key_away(daemon: Daemon) -> None:
    with daemon.store.transaction():
        for number in range(760):
            belief = life.belief(f"The user keeps belief number {number}.", 0.5 - number / 2000, life.NOW)
            daemon.store.propositions.add(belief, "statistical/1", "test")

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        assert table(pilot).total == 768
        assert len(table(pilot).rows) < 400
        await pilot.press("G")
        await until(pilot, lambda: table(pilot).belief, "the last row")
        assert table(pilot).cursor == 767
        await shows(pilot, "The user keeps belief number 759.")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not pilot.app.remote.busy, "the rows read again")  # type: ignore[attr-defined]
        assert table(pilot).belief.text == "The user keeps belief number 759."
        assert len({row.id for row in table(pilot).rows}) == len(table(pilot).rows)
        table(pilot).scroll_to(y=600, animate=False)
        await until(pilot, lambda: "…" not in seen(pilot), "the rows scrolled to")
        await pilot.press("g")
        assert table(pilot).cursor == 0
        await shows(pilot, "93 %")

    drive(daemon.client(), walk)


def test_an_empty_table_says_why_in_a_narrow_terminal_as_well(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        await pilot.press("s", "j", "j", "j", "j", "enter")
        await shows(pilot, "No belief fits. escape clears the search and the filters.")
        assert "No belief fits." in plain.lines_of(pilot.app.screen)
        await pilot.press("c")
        await shows(pilot, "No belief is under the cursor.")
        await pilot.press("escape")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        assert "No belief fits." not in seen(pilot)

    drive(daemon.client(), walk, (80, 24))


def test_the_best_match_of_a_quick_search_is_opened_once_it_is_there(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "survey-report.md")
        await burst(pilot, ["slash", *"elena", "enter", "enter"])
        await shows(pilot, "The user deals with Elena", "Evidence for")
        assert pilot.app.screen.has_class("-detail-open")

    drive(daemon.client(), walk, (80, 24))
