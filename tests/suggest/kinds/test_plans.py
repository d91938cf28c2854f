"""Plans: prepared when they come near, laid out when their hour comes, sorted out when they collide."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gum.records import Claim
from gum.suggest.actions.note import NoteAction
from gum.suggest.kinds.prepare import PrepareSuggester
from gum.suggest.kinds.repeat import RepeatSuggester
from gum.suggest.kinds.tidy import TidySuggester
from tests.suggest.kinds.seen import Seen

YESTERDAY = timedelta(days=1)


def due(seen: Seen, what: str, day: str) -> Seen:
    seen.believes(f"The {what} is due on {day}.", Claim("has_deadline", what, day))
    return seen


def test_what_is_due_soon_is_prepared_with_what_was_read_and_written(tmp_path: Path) -> None:
    seen = due(Seen(), "lichen survey report", "2026-03-06")
    seen.visits("Lichen survey methods", url="https://field.test/1")
    seen.visits("lichen-survey.md", app="Mousepad")
    (offer,) = PrepareSuggester().candidates(seen.situation())
    assert offer.title == "Prepare 'lichen survey report', due in 2 days"
    NoteAction().perform(offer.payload, tmp_path)
    note = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert "- [ ] lichen-survey.md (Mousepad)" in note
    assert "[Lichen survey methods](<https://field.test/1>)" in note


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-03", "soon"])
def test_what_is_far_or_over_is_not_prepared(day: str) -> None:
    seen = due(Seen(), "lichen survey report", day)
    seen.visits("lichen-survey.md", app="Mousepad")
    assert PrepareSuggester().candidates(seen.situation()) == []


def test_without_anything_on_it_there_is_nothing_to_prepare() -> None:
    seen = due(Seen(), "lichen survey report", "2026-03-06")
    seen.visits("Harbour fees", url="https://port.test")
    assert PrepareSuggester().candidates(seen.situation()) == []


def routine(qualifier: str) -> Seen:
    seen = Seen()
    seen.believes("The user usually writes the tide log.", Claim("has_routine", "tide log", qualifier))
    seen.visits("tide-log.ods", app="LibreOffice-Calc", ago=YESTERDAY)
    return seen


@pytest.mark.parametrize("qualifier", ["around 12:20", "on Wednesdays around 12:20", "around 11:50"])
def test_a_routine_is_laid_out_about_its_hour(qualifier: str) -> None:
    (offer,) = RepeatSuggester().candidates(routine(qualifier).situation())
    assert "tide-log.ods" in offer.payload["markdown"]


@pytest.mark.parametrize(
    "qualifier", ["around 15:00", "around 11:30", "on Fridays around 12:20", "in spring", "around 77:00"]
)
def test_at_another_hour_or_day_it_is_not(qualifier: str) -> None:
    assert RepeatSuggester().candidates(routine(qualifier).situation()) == []


def test_a_routine_that_has_begun_today_needs_nothing() -> None:
    seen = routine("around 12:20")
    seen.visits("tide-log.ods", app="LibreOffice-Calc")
    assert RepeatSuggester().candidates(seen.situation()) == []


def test_three_things_on_one_day_are_a_crowd_and_two_are_none() -> None:
    seen = due(due(Seen(), "harbour fee", "2026-03-06"), "lichen report", "2026-03-06")
    assert TidySuggester().candidates(seen.situation()) == []
    due(seen, "kayak repair", "2026-03-06")
    (offer,) = TidySuggester().candidates(seen.situation())
    assert offer.title == "Sort out Friday 6 March: 3 things are due"
    assert offer.propositions == (1, 2, 3)
    assert (offer.action, offer.payload["items"]) == ("checklist", ["harbour fee", "lichen report", "kayak repair"])


def test_one_thing_with_two_days_is_to_be_settled() -> None:
    seen = due(due(Seen(), "lichen survey report", "2026-03-06"), "the lichen survey report", "2026-03-09")
    (offer,) = TidySuggester().candidates(seen.situation())
    assert offer.title == "Settle the day of 'lichen survey report': Friday 6 March or Monday 9 March"


def test_the_same_thing_said_twice_for_a_day_is_one() -> None:
    seen = due(due(Seen(), "lichen report", "2026-03-06"), "lichen report", "2026-03-06")
    due(seen, "harbour fee", "2026-03-06")
    assert TidySuggester().candidates(seen.situation()) == []
