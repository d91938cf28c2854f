"""A suggestion says why and what it will do; accepting really does it, and it can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gum_tui.screens.suggestions import SuggestionsSection
from gum_tui.widgets.items import Items
from gum_tui.widgets.suggestion import SuggestionDetail
from textual.pilot import Pilot

from tests.suggest.test_answering import Long
from tests.tui.driving import Daemon, drive, seen, shows, until


async def go(pilot: Pilot[None]) -> None:
    await pilot.press("4")
    await shows(pilot, "Add “survey report due” to your calendar", "Accepting will")


def written(daemon: Daemon) -> list[Path]:
    return [each for each in daemon.home.output.rglob("*") if each.is_file()]


def test_why_and_what_it_will_do_are_shown_before_anything_is_done(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await shows(pilot, "You wrote that it is due on 13 March", "Likely to help")
        await shows(pilot, "Accepting will", "BEGIN:VCALENDAR")
        assert not written(daemon)

    drive(daemon.client(), walk)


def test_accepting_writes_what_the_preview_showed_and_undo_removes_it(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("a")
        await shows(pilot, "This will be done")
        await pilot.press("enter")
        await until(pilot, lambda: written(daemon), "the file")
        (file,) = written(daemon)
        await shows(pilot, "What became of it", "Wrote Survey-report-due.ics")
        assert str(file) in "".join(line.split("▏")[-1].strip() for line in seen(pilot).lines)
        await pilot.press("u")
        await shows(pilot, "done and taken back")
        assert not written(daemon)

    drive(daemon.client(), walk)


def test_escape_at_the_preview_leaves_everything_as_it_is(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("a")
        await shows(pilot, "This will be done")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SuggestionsSection), "the screen")
        assert not written(daemon)
        assert daemon.store.suggestions.get(daemon.ids["offer"]).status == "shown"

    drive(daemon.client(), walk)


def test_dismissing_takes_a_reason_with_it(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("d")
        await shows(pilot, "Why not?")
        await pilot.press("down", "down", "enter")
        await shows(pilot, "turned down")
        kept = daemon.store.suggestions.get(daemon.ids["offer"])
        assert kept.status == "dismissed"
        (verdict,) = daemon.store.verdicts.list("suggestion", kept.id)
        assert verdict.note == "already done"

    drive(daemon.client(), walk)


def test_a_reason_in_ones_own_words_is_taken_too(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("d")
        await shows(pilot, "Why not?")
        await pilot.press("tab", *"no calendar", "enter")
        await shows(pilot, "turned down")
        (verdict,) = daemon.store.verdicts.list("suggestion", daemon.ids["offer"])
        assert verdict.note == "no calendar"

    drive(daemon.client(), walk)


def test_silences_are_listed_with_their_reasons(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("s", "s")
        await shows(pilot, "why was I not told", "Save the 3 pages on conformal prediction", "Why you were not told")
        await shows(pilot, "21 %", "Speaking pays above 34 %.", "It is not likely enough to be useful.")

    drive(daemon.client(), walk)


def test_the_belief_behind_it_is_one_key_away(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("b")
        await shows(pilot, "The user works on survey-report.md", "Evidence for")

    drive(daemon.client(), walk)


def test_an_empty_shelf_says_so(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("s")
        await shows(pilot, "Nothing was answered yet.")
        assert "Accepting will" not in seen(pilot)

    drive(daemon.client(), walk)


def test_what_is_put_off_waits_on_its_own_shelf(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("w")
        await until(pilot, lambda: daemon.store.suggestions.get(daemon.ids["offer"]).status == "snoozed", "the delay")
        await shows(pilot, "put off", "comes again")
        await pilot.press("s", "s", "s")
        await shows(pilot, "s later", "Add “survey report due” to your calendar")

    drive(daemon.client(), walk)


def test_a_whole_kind_is_refused_and_allowed_again(daemon: Daemon) -> None:
    def refused() -> list[str]:
        with daemon.client() as client:
            return client.gate().refused

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("x")
        await until(pilot, lambda: refused() == ["deadline"], "the refusal")
        await pilot.press("u")
        await until(pilot, lambda: not refused(), "its end")

    drive(daemon.client(), walk)


def test_the_digest_and_the_notifications_open(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("o")
        await shows(pilot, "Digest", "• Add “survey report due” to your calendar")
        await pilot.press("escape", "m")
        await shows(pilot, "Notifications are not observed")

    drive(daemon.client(), walk)


def test_what_was_made_stands_under_its_project(daemon: Daemon) -> None:
    store = daemon.store
    offer = store.suggestions.get(daemon.ids["offer"])
    for number, (title, project) in enumerate((("One", "survey"), ("Two", ""), ("Three", "survey")), start=1):
        made = store.suggestions.add(replace(offer, id=0, key=f"k{number}", title=title))
        assert made is not None
        store.suggestions.set_status(made.id, "accepted", {"project": project, "files": []})

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("s")
        await shows(pilot, "Of no project", "survey")
        items = pilot.app.screen.query_one(Items)
        rows = [(one.id is None, str(one.prompt).partition("\n")[0]) for one in items.options]
        assert rows == [(True, "survey"), (False, "Three"), (False, "One"), (True, "Of no project"), (False, "Two")]
        assert items.highlighted == 1
        await pilot.press("down", "down")
        assert items.highlighted == 4

    drive(daemon.client(), walk)


def test_what_is_being_done_is_told_step_by_step(daemon: Daemon) -> None:
    action = Long()
    actions: Any = daemon.agent.suggesting._actions
    calendar, actions["calendar"] = actions["calendar"], action
    action.preview = calendar.preview  # type: ignore[method-assign]

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("a")
        await shows(pilot, "This will be done")
        await pilot.press("enter")
        await shows(pilot, "Writing it down … · 50 %")
        action.go_on.set()
        await shows(pilot, "done")

    try:
        drive(daemon.client(), walk)
    finally:
        action.go_on.set()
        actions["calendar"] = calendar


def test_a_key_that_has_nothing_to_do_says_so(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot)
        await pilot.press("e")
        await shows(pilot, "Only what was done can be written anew.")
        await pilot.press("d")
        await shows(pilot, "Why not?")
        await pilot.press("enter")
        await shows(pilot, "turned down")
        await pilot.press("a")
        await shows(pilot, "It waits for no answer.")

    drive(daemon.client(), walk)


def test_another_suggestion_is_shown_from_its_first_line_on(daemon: Daemon) -> None:
    offered = next(each for each in daemon.store.suggestions.list() if each.status == "shown")
    assert daemon.store.suggestions.add(replace(offered, title="Another one", key="another"))

    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("4")
        await shows(pilot, "Another one", "Why now")
        detail = pilot.app.screen.query_one(SuggestionDetail)
        detail.scroll_to(y=3, animate=False)
        await until(pilot, lambda: detail.scroll_offset.y, "another line on top")
        await pilot.press("j")
        await until(pilot, lambda: not detail.scroll_offset.y, "the first line")

    drive(daemon.client(), walk, (120, 14))
