"""What is never seen."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from gum.config import Exclude
from gum.errors import ConfigError
from gum.perceive.exclusion import Exclusion
from gum.records import Rect, Window
from tests.perceive.reading_pixels import focused, window

EXCLUSION = Exclusion(Exclude(sites=("bank.example", "https://www.clinic.example/portal")), own_pids=(77,))


@pytest.mark.parametrize("app", ["keepassxc", "KeePassXC", "org.keepassxc.KeePassXC", "Bitwarden"])
def test_an_excluded_application_is_known_by_any_form_of_its_class(app: str) -> None:
    assert EXCLUSION(window(app, "Passwords"))


@pytest.mark.parametrize("app", ["mousepad", "notkeepassxc", "keepassxc-notes", ""])
def test_another_application_is_seen(app: str) -> None:
    assert not EXCLUSION(window(app, "notes.txt"))


@pytest.mark.parametrize(
    "title",
    [
        "News - Mozilla Firefox Private Browsing",
        "News - Chromium (Incognito)",
        "Inko\u200bgnito".replace("k", "c"),
        "Neues - Privates Fenster",
        "Hallo — Navigation privée",
        "ＩＮＣＯＧＮＩＴＯ",
    ],
)
def test_private_windows_are_not_seen_however_their_title_is_written(title: str) -> None:
    assert EXCLUSION.of_name("Firefox", title) == "title"


def test_our_own_windows_are_not_seen_by_title_or_process() -> None:
    assert EXCLUSION.of_window(window("xterm", "gum-desktop: Propositions")) == "own"
    assert EXCLUSION.of_window(Window(1, "xterm", "x", 77, Rect(0, 0, 1, 1), Rect(0, 0, 1, 1))) == "own"
    assert EXCLUSION.of_window(replace(window(), pid=os.getpid())) == "own"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://bank.example/login", "site"),
        ("http://www.bank.example:8443/", "site"),
        ("https://secure.bank.example", "site"),
        ("BANK.EXAMPLE/login", "site"),
        ("https://clinic.example/", "site"),
        ("https://notbank.example/", ""),
        ("https://bank.example.evil.test/", ""),
        ("https://evil.test/?next=bank.example", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_a_site_covers_its_subdomains_and_nothing_else(url: str, reason: str) -> None:
    assert EXCLUSION.of_url(url) == reason


def test_a_site_is_known_by_the_address_bar_of_a_browser_only() -> None:
    page = "Accounts x + - o x\nC @ secure.bank.example/accounts\nBalance"
    assert EXCLUSION.of_page("Chromium", page) == "site"
    assert EXCLUSION.of_page("Mousepad", page) == ""
    assert EXCLUSION.of_page("Chromium", "\n" * 7 + "a page that writes of bank.example") == ""


def test_a_capture_is_excluded_by_window_name_address_or_mask() -> None:
    assert EXCLUSION.of_capture(focused()) == ""
    assert EXCLUSION.of_capture(focused(excluded=True)) == "masked"
    assert EXCLUSION.of_capture(focused(url="https://bank.example/")) == "site"
    assert EXCLUSION.of_capture(focused(window=None, app="keepassxc")) == "app"


def test_a_title_rule_that_is_no_expression_is_named() -> None:
    with pytest.raises(ConfigError, match=r"'\(oops'"):
        Exclusion(Exclude(titles=("(oops",)))
