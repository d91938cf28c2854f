"""Text from screens, whatever it holds, is harmless to show."""

from __future__ import annotations

import unicodedata

import pytest
from gum_tui.inert import LONGEST, inert
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

ANYTHING = st.text(
    st.characters() | st.sampled_from("\x1b\x07\x08\x9b\x00\u200b\u202e\u2066\ufeff\u0301\ud800\U000e0041")
)


@given(ANYTHING, st.booleans())
def test_nothing_that_moves_the_cursor_reorders_or_hides_comes_through(text: str, lines: bool) -> None:
    shown = inert(text, lines=lines)
    assert all(each == "\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for each in shown)
    shown.encode("utf-8")


@given(ANYTHING)
def test_one_line_stays_one_line(text: str) -> None:
    assert "\n" not in inert(text)


@given(ANYTHING, st.booleans())
def test_what_is_inert_stays_as_it_is(text: str, lines: bool) -> None:
    once = inert(text, lines=lines)
    assert inert(once, lines=lines) == once


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_is_shown_word_for_word(text: str) -> None:
    assert inert(text, lines=True) == text


@given(ANYTHING)
def test_content_shows_it_literally_and_measures_it_rightly(text: str) -> None:
    shown = inert(text)
    content = Content(shown)
    assert content.plain == shown
    assert not content.spans
    assert content.cell_length == cell_len(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x9b31m", "\ufffd31m"),
        ("bell\x07", "bell␇"),
        ("a\x7fb", "a␡b"),
        ("[bold]not bold[/bold]", "[bold]not bold[/bold]"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("pass\u200bword", "password"),
        ("\ufeffstart", "start"),
        ("photo\u202egpj.exe", "photo⇄gpj.exe"),
        ("\u2066x\u2069", "⇄x⇄"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("emoji 👩\u200d💻", "emoji 👩💻"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("שלום", "שלום"),
        ("日本語", "日本語"),
        ("a\r\nb\tc", "a b c"),
    ],
)
def test_each_kind_of_hostile_text_has_its_harmless_form(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_line_breaks_stay_where_lines_are_wanted() -> None:
    assert inert("one\r\ntwo\rthree\u2028four\tx", lines=True) == "one\ntwo\nthree\nfour    x"


def test_a_text_of_megabytes_is_cut_and_says_so() -> None:
    shown = inert("x" * 5_000_000)
    assert len(shown) < LONGEST + 50
    assert shown.endswith("(4,980,000 more characters)")
