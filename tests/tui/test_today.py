"""Today tells at a glance whether it records, how the day was, and what waits for an answer."""

from __future__ import annotations

import pytest
from gum_tui.widgets.band import Band
from gum_tui.widgets.items import Items
from textual.pilot import Pilot

from gum.store.audit import AuditDecision
from gum.store.questions import Choice
from tests.tui import life
from tests.tui.driving import Daemon, drive, seen, shows, until


def test_the_verdict_the_day_and_what_waits_are_shown(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "not capturing", "Tuesday 3 March 2026", "Mousepad 3 h", "locked 28 min", "paused 15 min")
        await shows(pilot, "Beliefs to review  7", "The user works on survey-report.md in Mousepad.")
        await shows(pilot, "Suggestions  1", "Add “survey report due” to your calendar")

    drive(daemon.client(), walk)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_it_fits_terminals_of_every_size(daemon: Daemon, size: tuple[int, int]) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Today", "Beliefs to review")
        assert all(len(line) <= size[0] for line in seen(pilot).lines)

    drive(daemon.client(), walk, size)


def test_why_it_does_not_capture_is_told_to_its_end_in_a_narrow_terminal(daemon: Daemon) -> None:
    with daemon.client() as client:
        told = client.status().verdict_text

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review")
        assert len(told) > 60
        assert told[1:] in " ".join(str(seen(pilot)).split())

    drive(daemon.client(), walk, (60, 24))


def test_one_key_pauses_for_a_quarter_of_an_hour_and_again_resumes(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "not capturing")
        await pilot.press("p")
        await shows(pilot, "paused until 16:35")
        assert daemon.service.status().paused
        await pilot.press("p")
        await shows(pilot, "not capturing")
        assert not daemon.service.status().paused

    drive(daemon.client(), walk)


def test_a_belief_opens_with_all_that_stands_behind_it(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "The user works on survey-report.md")
        beliefs = pilot.app.screen.query_one("#beliefs", Items)
        beliefs.choose(str(daemon.ids["report"]))
        await pilot.press("enter")
        await shows(pilot, "Evidence for  3", "“Outline of the survey report.”")

    drive(daemon.client(), walk)


def test_a_suggestion_opens(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Suggestions  1")
        await pilot.press("tab", "enter")
        await shows(pilot, "Accepting will")

    drive(daemon.client(), walk)


def test_in_a_narrow_terminal_the_suggestion_that_was_chosen_opens(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Suggestions  1")
        await pilot.press("tab", "enter")
        await shows(pilot, "Accepting will", "Likely to help")
        await pilot.press("escape")
        await shows(pilot, "waits for your answer")

    drive(daemon.client(), walk, (80, 24))


def test_a_click_on_the_band_opens_that_time_of_the_day(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Mousepad 3 h")
        band = pilot.app.screen.query_one(Band)
        await pilot.click(Band, offset=(int(band.size.width * 0.32), 1))
        await shows(pilot, "xfce4-terminal · pytest - calibration")
        await until(pilot, lambda: "10:52 to 12:02" in seen(pilot), "the episode at that time")

    drive(daemon.client(), walk)


def test_questions_and_what_is_held_back_are_counted_and_one_key_away(daemon: Daemon) -> None:
    report, trains = daemon.ids["report"], daemon.ids["trains"]
    choices = [Choice("Yes, all of it", true=(report, trains)), Choice("No, none of it", false=(report, trains))]
    daemon.store.questions.ask("Does this hold?", [report, trains], life.NOW, choices)
    told = {"text": "The user has asthma."}
    daemon.store.audit.add(AuditDecision(None, "health", "held", "health is held back", told, life.NOW))

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "r 1 question to you", "h 1 held back until you allow it")
        await pilot.press("r")
        await shows(pilot, "gum-desktop asks")
        await pilot.press("1", "h")
        await shows(pilot, "Not believed and used nowhere.", "The user has asthma.")

    drive(daemon.client(), walk)
