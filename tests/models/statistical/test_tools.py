"""prefers_tool: by share and volume."""

import pytest

from tests.models.statistical.person import Person, at


def test_the_application_with_the_share_and_the_volume_is_preferred() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 9), "Mousepad", "letter.txt - Mousepad", minutes=20, keys=300)
    person.does(at(4, 15), "Gedit", "note.txt - Gedit", minutes=2, keys=20)
    last = person.drafts("prefers_tool")[-1]
    assert last.text == "The user prefers Mousepad for writing."
    assert last.claim is not None
    assert (last.claim.object, last.claim.qualifier) == ("mousepad", "writing")


def test_two_tools_of_equal_use_are_no_preference() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 9), "Mousepad", "letter.txt - Mousepad", minutes=20, keys=100)
        person.does(at(day, 11), "Gedit", "note.txt - Gedit", minutes=20, keys=100)
    assert person.drafts("prefers_tool") == []


def test_one_day_on_one_thing_however_long_is_no_preference() -> None:
    person = Person()
    for hour in range(9, 17):
        person.does(at(2, hour), "Mousepad", "letter.txt - Mousepad", minutes=50, keys=900)
    assert person.drafts("prefers_tool") == []


def test_web_mail_is_a_tool_of_its_own() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 9), "Chromium", "Inbox (3) - Fjord Mail - Chromium", minutes=10)
    assert {draft.text for draft in person.drafts("prefers_tool")} == {"The user prefers Fjord Mail for mail."}


def test_a_terminal_with_programs_in_it_is_a_tool_for_coding() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 9), "XTerm", "ana@box: ~/tide-clock", minutes=10, keys=90, screens=["$ make test\nOK"])
    assert {draft.text for draft in person.drafts("prefers_tool")} == {"The user prefers XTerm for coding."}


@pytest.mark.parametrize(
    ("app", "title", "work"),
    [
        ("zim", "to do.txt - Notebook - Zim", "Zim for notes"),
        ("TelegramDesktop", "Ann Bell", "Telegram for chat"),
        ("gnome-calendar", "Calendar", "GNOME Calendar for calendar"),
        ("libreoffice-calc", "budget.ods - LibreOffice Calc", "LibreOffice Calc for spreadsheets"),
        ("ONLYOFFICE", "list.xlsx - ONLYOFFICE", "OnlyOffice for spreadsheets"),
        ("gramps", "Family tree - Gramps", "Gramps for genealogy"),
    ],
)
def test_what_an_application_is_for_is_known_by_its_name(app: str, title: str, work: str) -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 9), app, title)
    assert f"The user prefers {work}." in {draft.text for draft in person.drafts("prefers_tool")}


def test_a_change_of_tool_shows_within_a_week() -> None:
    person = Person()
    for day in range(2, 14):
        person.does(at(day, 9), "geary", "Inbox - Geary")
    for day in range(14, 20):
        person.does(at(day, 9), "thunderbird", "Inbox - Thunderbird")
    assert person.drafts("prefers_tool")[-1].text == "The user prefers Thunderbird for mail."
