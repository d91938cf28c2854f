"""Actions: new files below one folder, never overwritten, taken back only as they were."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.errors import ActionError
from gum.protocols import Action
from gum.suggest.actions.calendar import CalendarAction
from gum.suggest.actions.files import safe_name
from gum.suggest.actions.note import NoteAction

NOTE = {"title": "Sources on herons", "markdown": "# Herons\n"}
EVENT = {"summary": "Report, final; version", "date": "2026-03-06"}
CASES = [pytest.param(NoteAction(), NOTE, id="note"), pytest.param(CalendarAction(), EVENT, id="calendar")]


@pytest.mark.parametrize(("action", "payload"), CASES)
def test_what_is_previewed_is_written(action: Action, payload: dict[str, Any], tmp_path: Path) -> None:
    shown = action.preview(payload)
    outcome = action.perform(payload, tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name in shown.summary
    assert path.name in outcome.summary
    assert _lines(path.read_text()) == _lines(shown.content)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ActionError, match="cannot be written"):
        NoteAction().perform(NOTE, tmp_path)


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ActionError, match="cannot be written"):
        NoteAction().perform(NOTE, tmp_path / "file")


@given(st.text(max_size=300))
def test_any_title_makes_a_plain_file_name(title: str) -> None:
    name = safe_name(title)
    assert name
    assert Path(name).name == name
    assert not name.startswith((".", "-"))
    assert len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\0\n')


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "untitled"),
        ("...", "untitled"),
        ("Bericht über Reiher 🦆", "Bericht-über-Reiher"),
    ],
)
def test_titles_that_mean_harm_do_none(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_the_calendar_file_is_read_back_by_a_calendar(tmp_path: Path) -> None:
    CalendarAction().perform(EVENT | {"description": "Bring\ncopies"}, tmp_path)
    (event,) = icalendar.Calendar.from_ical(next(tmp_path.iterdir()).read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == "Report, final; version"
    assert event.start == date(2026, 3, 6)
    assert event.end == date(2026, 3, 7)
    assert str(event["description"]) == "Bring\ncopies"


def test_a_meeting_keeps_its_instant(tmp_path: Path) -> None:
    CalendarAction().perform({"summary": "Call", "start": "2026-03-06T09:30+01:00"}, tmp_path)
    (event,) = icalendar.Calendar.from_ical(next(tmp_path.iterdir()).read_bytes()).walk("VEVENT")
    assert event.start == datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
    assert event.end == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"summary": "x"},
        {"summary": " ", "date": "2026-03-06"},
        {"summary": "x", "date": "Friday"},
        {"summary": "x", "date": 5},
        {"summary": "x", "start": "2026-03-06T09:30"},
        {"summary": "x", "start": "2026-03-06T09:30+01:00", "end": "2026-03-06T09:00+01:00"},
        {"summary": "x", "date": "9999-12-31"},
    ],
)
def test_a_calendar_entry_that_makes_no_sense_is_refused_before_anything_is_written(
    payload: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(ActionError):
        CalendarAction().preview(payload)
    with pytest.raises(ActionError):
        CalendarAction().perform(payload, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("payload", [{}, {"title": "x"}, {"title": "", "markdown": "x"}, {"title": "x", "markdown": 4}])
def test_a_note_without_title_or_text_is_refused(payload: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ActionError):
        NoteAction().perform(payload, tmp_path)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("DTSTAMP")]
