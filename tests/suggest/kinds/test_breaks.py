"""Breaks: one is offered when a stretch is long for this person, and after one, the way back into the work."""

from __future__ import annotations

import dataclasses
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from gum.suggest.actions.note import NoteAction
from gum.suggest.kinds.rest import RestSuggester
from gum.suggest.kinds.resume import ResumeSuggester
from tests.suggest.kinds.seen import NOW, Seen


def worked(seen: Seen, minutes: int, *, ended: timedelta = timedelta(), document: str = "essay.md") -> Seen:
    """Add a stretch in one document that ended some time ago."""
    seen.visits(document, app="Mousepad", ago=ended + timedelta(minutes=minutes), seconds=minutes * 60)
    return seen


def test_after_ninety_minutes_a_break_is_offered_with_a_note_of_the_place(tmp_path: Path) -> None:
    assert RestSuggester().candidates(worked(Seen(), 80).situation()) == []
    (offer,) = RestSuggester().candidates(worked(Seen(), 95).situation())
    assert "95 minutes" in offer.title
    NoteAction().perform(offer.payload, tmp_path)
    assert "essay.md (Mousepad)" in next(tmp_path.glob("*.md")).read_text(encoding="utf-8")


def test_who_takes_breaks_late_is_told_later() -> None:
    seen = Seen()
    for day in range(1, 7):
        worked(seen, 130, ended=timedelta(days=day))
    assert RestSuggester().candidates(worked(seen, 100).situation()) == []
    (offer,) = RestSuggester().candidates(worked(seen, 140).situation())
    assert "four in five of yours end within 130" in offer.why


@pytest.mark.parametrize("gap", [6, 20])
def test_who_has_had_a_break_needs_none(gap: int) -> None:
    seen = worked(Seen(), 80, ended=timedelta(minutes=40 + gap))
    assert RestSuggester().candidates(worked(seen, 40).situation()) == []
    assert RestSuggester().candidates(worked(Seen(), 200, ended=timedelta(minutes=gap)).situation()) == []


def test_back_after_hours_the_last_document_is_offered() -> None:
    seen = worked(Seen(), 50, ended=timedelta(hours=3))
    seen.visits("Metre in old ballads", ago=timedelta(hours=3, minutes=20), url="https://verse.test")
    worked(seen, 4, document="shopping.txt")
    (offer,) = ResumeSuggester().candidates(seen.situation())
    assert offer.title == "Pick up where you were: essay.md"
    assert "https://verse.test" in offer.payload["markdown"]
    assert (offer.action, offer.payload["addresses"]) == ("reopen", ["https://verse.test"])


def test_times_in_a_note_are_those_of_the_person() -> None:
    seen = worked(Seen(), 50, ended=timedelta(hours=3))
    seen.visits("Metre in old ballads", ago=timedelta(hours=3, minutes=20), url="https://verse.test/send")
    worked(seen, 4, document="shopping.txt")
    there = dataclasses.replace(seen.situation(), now=NOW.astimezone(timezone(timedelta(hours=5))))
    (offer,) = ResumeSuggester().candidates(there)
    assert offer.action == "note"
    assert "essay.md (Mousepad), last 2026-03-04 14:00" in offer.payload["markdown"]
    assert "2026-03-04 13:40 (verse.test)" in offer.payload["markdown"]


@pytest.mark.parametrize("form", ["{path}", "{path.name} ({path.parent})"])
def test_a_document_whose_title_tells_its_place_is_opened_again_and_one_that_is_gone_is_not(
    form: str, tmp_path: Path
) -> None:
    essay = tmp_path / "essay.md"
    essay.write_text("x")
    seen = worked(Seen(), 50, ended=timedelta(hours=3), document=form.format(path=essay))
    worked(seen, 4, document="shopping.txt")
    (offer,) = ResumeSuggester().candidates(seen.situation())
    assert (offer.action, offer.payload["addresses"]) == ("reopen", [essay.as_uri()])
    essay.unlink()
    (offer,) = ResumeSuggester().candidates(seen.situation())
    assert offer.action == "note"


@pytest.mark.parametrize(
    ("away", "back", "document"),
    [
        (timedelta(minutes=40), 4, "shopping.txt"),  # not away for long
        (timedelta(hours=3), 30, "shopping.txt"),  # back for long
        (timedelta(hours=3), 4, "essay.md"),  # back at it already
    ],
)
def test_otherwise_it_is_not(away: timedelta, back: int, document: str) -> None:
    seen = worked(worked(Seen(), 50, ended=away), back, document=document)
    assert ResumeSuggester().candidates(seen.situation()) == []


def test_without_any_work_before_there_is_nothing_to_pick_up() -> None:
    seen = worked(worked(Seen(), 2, ended=timedelta(hours=3)), 4, document="shopping.txt")
    assert ResumeSuggester().candidates(seen.situation()) == []
    assert ResumeSuggester().candidates(worked(Seen(), 4).situation()) == []
