"""Actions: new files below one folder, never overwritten, taken back only as they were."""

from __future__ import annotations

import csv
import os
import re
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.errors import ActionError
from gum.protocols import Action
from gum.records import Outcome
from gum.suggest.actions.calendar import CalendarAction
from gum.suggest.actions.checklist import ChecklistAction
from gum.suggest.actions.files import safe_name
from gum.suggest.actions.note import NoteAction
from gum.suggest.actions.reopen import ReopenAction
from gum.suggest.actions.reply import ReplyAction
from gum.suggest.actions.search_links import SearchLinksAction
from gum.suggest.actions.table import TableAction

NOTE = {"title": "Sources on herons", "markdown": "# Herons\n"}
EVENT = {"summary": "Report, final; version", "date": "2026-03-06"}
LIST = {"title": "Before the trip", "items": ["passport", "two\nlines"]}
TABLE = {"title": "Two laptops", "columns": ["name", "price"], "rows": [["A|B", "=1+1"], ["C", "900"]]}
LINKS = {"title": "Herons", "queries": ["heron migration & wind", "nest](http://bad.test)"]}
CASES = [
    pytest.param(NoteAction(), NOTE, id="note"),
    pytest.param(CalendarAction(), EVENT, id="calendar"),
    pytest.param(ChecklistAction(), LIST, id="checklist"),
    pytest.param(TableAction(), TABLE, id="table"),
    pytest.param(TableAction(), TABLE | {"format": "csv"}, id="csv"),
    pytest.param(SearchLinksAction(), LINKS, id="search links"),
]


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


def test_a_checklist_has_a_box_for_each_item() -> None:
    assert ChecklistAction().preview(LIST).content == "# Before the trip\n\n- [ ] passport\n- [ ] two lines\n"


def test_a_cell_breaks_no_table_and_no_spreadsheet() -> None:
    assert TableAction().preview(TABLE).content.splitlines()[2:] == [
        "| name | price |",
        "| --- | --- |",
        "| A\\|B | =1+1 |",
        "| C | 900 |",
    ]
    assert list(csv.reader(TableAction().preview(TABLE | {"format": "csv"}).content.splitlines())) == [
        ["name", "price"],
        ["A|B", "'=1+1"],
        ["C", "900"],
    ]


def test_a_search_link_leads_to_the_search_engine_and_nowhere_else() -> None:
    links = re.findall(r"\(<(.*?)>\)", SearchLinksAction().preview(LINKS).content)
    assert [urlsplit(link).hostname for link in links] == ["duckduckgo.com"] * 2
    assert [parse_qs(urlsplit(link).query)["q"] for link in links] == [[query] for query in LINKS["queries"]]


def test_a_reply_and_pages_are_asked_for_and_write_nothing_unless_they_are_to_be_kept(tmp_path: Path) -> None:
    assert ReplyAction().perform({"text": "Yes."}, tmp_path) == Outcome(clipboard="Yes.")
    twice = {"addresses": ["https://a.test/", "https://b.test/", "https://a.test/"]}
    assert ReopenAction().perform(twice, tmp_path) == Outcome(opens=("https://a.test/", "https://b.test/"))
    assert ReopenAction().preview(twice).content == "https://a.test/\nhttps://b.test/"
    assert list(tmp_path.iterdir()) == []
    ReplyAction().perform({"text": "Yes.", "title": "Reply to Ana"}, tmp_path)
    ReopenAction().perform(twice | {"title": "Where I was", "markdown": "# Here"}, tmp_path)
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {
        "Reply-to-Ana.txt": "Yes.",
        "Where-I-was.md": "# Here",
    }


def test_a_list_may_say_more_below_its_boxes() -> None:
    said = ChecklistAction().preview(LIST | {"below": ["Said at noon.", "see <b>http://bad.test</b>"]}).content
    assert said.endswith("- [ ] two lines\n\nSaid at noon.\nsee \\<b\\>http:\\//bad.test\\</b\\>\n")


@pytest.mark.parametrize(
    ("action", "payload"),
    [
        (ChecklistAction(), {"title": "x", "items": []}),
        (ChecklistAction(), {"title": "x", "items": ["a", 5]}),
        (ChecklistAction(), {"title": "x", "items": ["a"] * 201}),
        (TableAction(), {"title": "x", "columns": ["a"], "rows": []}),
        (TableAction(), {"title": "x", "columns": ["a"], "rows": [["b", "c"]]}),
        (SearchLinksAction(), {"title": " ", "queries": ["a"]}),
        (ReplyAction(), {"text": ""}),
        (ReopenAction(), {"addresses": ["https://a.test/"] * 13}),
    ],
)
def test_what_an_action_cannot_do_is_said_beforehand(action: Action, payload: dict[str, Any]) -> None:
    with pytest.raises(ActionError):
        action.preview(payload)
