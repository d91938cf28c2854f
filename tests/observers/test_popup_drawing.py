"""What a popup looks like, whatever words come."""

from __future__ import annotations

import shutil

import pytest
from gum_observers.popup_drawing import cut, draw, font_file, scripts
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(max_codepoint=0x24F), max_size=300), st.lists(st.text(max_size=30), max_size=3))
def test_any_words_make_a_popup_of_one_width_with_its_buttons_inside(words: str, labels: list[str]) -> None:
    drawn = draw(words, words, tuple(labels), urgent=False)
    assert drawn.image.width == draw("Short", "", (), urgent=True).image.width
    assert len(drawn.buttons) == len(labels)
    edges = [drawn.image.width, drawn.image.height]
    for left, top, right, bottom in drawn.buttons:
        assert 0 <= left < right <= edges[0]
        assert 0 <= top < bottom <= edges[1]


@given(st.text(max_size=200), st.integers(20, 400))
def test_a_line_that_is_too_long_is_cut_to_its_width(words: str, width: int) -> None:
    font = ImageFont.load_default(14)
    line = cut(words, font, width)
    assert font.getlength(line) <= width
    assert "\n" not in line


def test_the_scripts_of_a_text_are_known_and_common_ones_need_no_other_font() -> None:
    assert scripts("Café, Привет, Γειά") == frozenset()
    assert scripts("日本語のテスト") == {"CJK", "HIRAGANA", "KATAKANA"}
    assert scripts("한국어 and ქართული") == {"HANGUL", "GEORGIAN"}


@pytest.mark.skipif(shutil.which("fc-match") is None, reason="needs fontconfig")
def test_a_font_with_the_letters_is_asked_of_fontconfig() -> None:
    found = font_file(False, frozenset({"GEORGIAN"}))
    assert found is not None
    assert ImageFont.truetype(found[0], 14, found[1]).getlength("ა") > 0
