"""What of a window's text is its content."""

from __future__ import annotations

import pytest

from gum.perceive.address import split_page
from gum.perceive.applications import is_browser, is_editor, is_mail, is_terminal
from gum.perceive.gutter import without_gutter


def test_line_numbers_are_no_part_of_a_document() -> None:
    text = "File Edit View\n1 Speech for Margit\n2 Saturday 12 September\n3\n4Ideas:\nwrapped line\n5 - the canoe"
    assert without_gutter(text) == (
        "File Edit View\nSpeech for Margit\nSaturday 12 September\nIdeas:\nwrapped line\n- the canoe"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Shopping\nfish\n2 loaves of bread\nmilk\nbutter\nsalt\npepper",
        "1878 was the year\nof the lamp\n12 people came",
        "12 September\n8 October\n3 November",
        "",
        "no numbers at all",
    ],
)
def test_numbers_that_belong_to_the_text_stay(text: str) -> None:
    assert without_gutter(text) == text


def test_a_misread_number_does_not_end_the_gutter() -> None:
    assert without_gutter("1 a b\n2 c d\n4 e f\n5 g h") == "a b\nc d\ne f\ng h"


@pytest.mark.parametrize(
    ("bar", "url"),
    [
        ("€ CG ANotsecure toastcraft.test/length be @ :", "http://toastcraft.test/length"),
        ("< > C A\\Not secure _lighthousehall.test/fyrhuset x @ :", "http://lighthousehall.test/fyrhuset"),
        ("€ C @ Docs.Example.org Q * :", "https://docs.example.org/"),
        ("C https://mail.example:8443/m/3?x=1 @", "https://mail.example:8443/m/3?x=1"),
        ("C localhost:8000/admin @", "http://localhost:8000/admin".replace("http:", "https:")),
    ],
)
def test_the_address_is_read_from_the_bar(bar: str, url: str) -> None:
    assert split_page(f"v @ A page x + - o x\n{bar}\nWelcome\nto the page") == (url, "Welcome\nto the page")


@pytest.mark.parametrize(
    "text",
    [
        "A page without an address",
        "write to petra@larch.example for more",
        "Tab one\nThe guide at python.org tells everything that one may want to know about lists",
        "one\ntwo\nthree\nfour\nfive\nlarch.example/later",
    ],
)
def test_without_a_certain_address_the_text_is_whole(text: str) -> None:
    assert split_page(text) == ("", text)


@pytest.mark.parametrize(
    ("kind", "app"),
    [
        (is_browser, "Chromium"),
        (is_browser, "firefox-esr"),
        (is_browser, "org.gnome.Epiphany"),
        (is_browser, "Google-chrome"),
        (is_mail, "thunderbird"),
        (is_mail, "org.gnome.Geary"),
        (is_editor, "Mousepad"),
        (is_editor, "org.gnome.TextEditor"),
        (is_editor, "libreoffice-writer"),
        (is_terminal, "XTerm"),
        (is_terminal, "com.mitchellh.ghostty"),
    ],
)
def test_an_application_is_known_by_its_class(kind: object, app: str) -> None:
    kinds = (is_browser, is_mail, is_editor, is_terminal)
    assert [known for known in kinds if known(app)] == [kind]


def test_a_tab_with_the_title_is_no_text_of_the_page() -> None:
    text = "v @ Message sent x + = fl x\nYour message has been sent\nBack to inbox"
    assert split_page(text, "Message sent - Chromium") == ("", "Your message has been sent\nBack to inbox")
    assert split_page("Message sent by Birgit\nmore", "Message sent - Chromium")[1] == "Message sent by Birgit\nmore"
