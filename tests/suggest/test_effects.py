"""What is opened, and what goes into the person's calendar: only what may, and back out again."""

from __future__ import annotations

import stat
from pathlib import Path

import icalendar
import pytest

from gum.errors import ActionError
from gum.suggest.actions.calendar import CalendarAction
from gum.suggest.effects import calendar_file, opening

ENTRY = CalendarAction().preview({"summary": "Report", "date": "2026-03-06"}).content
OWN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//mine//EN\r
BEGIN:VEVENT\r
UID:mine\r
DTSTAMP:20260101T000000Z\r
DTSTART:20260401T100000Z\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://host.test/a.pdf",
        "https://",
        "https://name:secret@host.test/",
        "https://host.test/a b",
        "https://host.test/\nhttps://other.test/",
        "--help",
        "/etc/passwd",
        "file:///etc/passwd",
        "file:///nowhere/a.pdf",
        f"https://host.test/{'x' * 5000}",
    ],
)
def test_anything_but_pages_and_documents_stays_closed_even_when_it_was_seen(target: str) -> None:
    with pytest.raises(ActionError):
        opening.checked(target, lambda _: True)


def test_a_page_that_was_seen_may_be_opened_and_another_may_not() -> None:
    assert opening.checked("https://seen.test/a?b=c", lambda _: True) == "https://seen.test/a?b=c"
    with pytest.raises(ActionError, match="never seen"):
        opening.checked("https://other.test/", lambda url: url == "https://seen.test/")


def test_a_document_may_be_opened_unless_it_could_run_or_is_a_link(tmp_path: Path) -> None:
    document = tmp_path / "my report.pdf"
    document.write_text("x")
    assert opening.checked(document.as_uri(), lambda _: True) == document.as_uri()
    document.chmod(0o700)
    link = tmp_path / "link.pdf"
    link.symlink_to(document)
    starter = tmp_path / "run.desktop"
    starter.write_text("x")
    for path in (document, link, starter):
        with pytest.raises(ActionError):
            opening.checked(path.as_uri(), lambda _: True)


def test_an_event_is_added_to_the_persons_calendar_once_and_taken_out_again(tmp_path: Path) -> None:
    file = tmp_path / "own.ics"
    file.write_bytes(OWN)
    file.chmod(0o640)
    uid = calendar_file.add(file, ENTRY)
    assert calendar_file.add(file, ENTRY) == uid
    assert _summaries(file) == ["Dentist", "Report"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    calendar_file.remove(file, [uid])
    assert _summaries(file) == ["Dentist"]
    assert [path.name for path in tmp_path.iterdir()] == ["own.ics"]


def test_a_calendar_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "own.ics"
    file.write_text("BEGIN:VCALENDAR\nbroken")
    with pytest.raises(ActionError, match="cannot be read"):
        calendar_file.add(file, ENTRY)
    assert file.read_text() == "BEGIN:VCALENDAR\nbroken"


def test_a_calendar_that_is_not_there_is_begun(tmp_path: Path) -> None:
    calendar_file.add(tmp_path / "new.ics", ENTRY)
    assert _summaries(tmp_path / "new.ics") == ["Report"]


def _summaries(file: Path) -> list[str]:
    return [str(one["summary"]) for one in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")]


@pytest.mark.parametrize(
    ("address", "openable"),
    [
        ("https://mail.test/send", False),
        ("https://shop.test/cart?do=buy&id=3", False),
        ("https://mail.test/log-out", False),
        ("https://news.test/sending-flowers", True),
        ("https://optics.test/lens-orders", True),
        ("javascript:alert(1)", False),
        ("file:///nowhere/x.txt", False),
        ("", False),
    ],
)
def test_an_address_that_may_do_something_is_not_opened_again(address: str, openable: bool) -> None:
    assert opening.is_openable(address) is openable
