"""What window titles say."""

import pytest
from gum_models.statistical.apps import Role, lookup
from gum_models.statistical.titles import Title, parse


@pytest.mark.parametrize(
    ("app", "raw", "expected"),
    [
        ("Mousepad", "*plan.txt - Mousepad", Title("plan.txt", document=True)),
        (
            "Gedit",
            "fares.py (~/ferry-fares) - gedit",
            Title("fares.py", folder="ferry-fares", document=True, code=True),
        ),
        ("Code", "● app.ts - shop - Visual Studio Code", Title("app.ts", folder="shop", document=True, code=True)),
        ("Mousepad", "Untitled 2 - Mousepad", Title("Untitled 2")),
        ("libreoffice-writer", "thesis.odt — LibreOffice Writer", Title("thesis.odt", document=True)),
        ("Evince", "paper.pdf", Title("paper.pdf", document=True)),
        ("Chromium", "How a lens works - Lightkeepers - Chromium", Title("How a lens works", "Lightkeepers")),
        ("firefox-esr", "(2) Heat pumps — Mozilla Firefox", Title("Heat pumps")),
        ("Chromium", "Inbox (3) - Fjord Mail - Chromium", Title("Inbox", "Fjord Mail", mail=True, mailbox=True)),
        ("Chromium", "Reply: Tents - Fjord Mail - Chromium", Title("Tents", "Fjord Mail", mail=True, reply=True)),
        ("Chromium", "How to write an email - Chromium", Title("How to write an email")),
        ("Chromium", "rye sourdough - Ecosia - Web - Chromium", Title("rye sourdough", "Ecosia")),
        ("Chromium", "rye - oven spring - Google Search - Chromium", Title("rye - oven spring", "Google Search")),
        ("firefox-esr", "rye sourdough at DuckDuckGo — Mozilla Firefox", Title("rye sourdough", "DuckDuckGo")),
        ("firefox-esr", "A night at home — Mozilla Firefox", Title("A night at home")),
        ("Chromium", "Inbox - Yahoo Mail - Chromium", Title("Inbox", "Yahoo Mail", mail=True, mailbox=True)),
        ("XTerm", "ana@box: ~/src/tide-clock/tests", Title("ana@box: ~/src/tide-clock/tests", folder="tide-clock")),
        ("XTerm", "ana@box: ~", Title("ana@box: ~")),
        ("XTerm", "labels.py (~/label-printer) - VIM", Title("labels.py", "", "label-printer", True, True)),
        ("kitty", "nano notes.md", Title("notes.md", document=True)),
        ("Chromium", "", Title("")),
    ],
)
def test_titles_are_read_as_the_application_writes_them(app: str, raw: str, expected: Title) -> None:
    assert parse(raw, app) == expected


@pytest.mark.parametrize(
    ("app", "expected"),
    [
        ("org.gnome.Evince", (Role.VIEWER, "Evince")),
        ("Navigator", (Role.BROWSER, "Firefox")),
        ("org.example.PhotoTable", (Role.OTHER, "PhotoTable")),
        ("", (Role.OTHER, "")),
    ],
)
def test_applications_are_known_by_their_window_class(app: str, expected: tuple[Role, str]) -> None:
    assert lookup(app) == expected
