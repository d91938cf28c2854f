"""Words that survive reading errors."""

from difflib import SequenceMatcher

import pytest
from gum_models.statistical.language import begins, content, plain, sentences, similar, skeleton, spoken
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("one", "two"),
    [("Priya Nair", "Pr1ya Nair"), ("modern", "modem"), ("lighthouse hall", "Lighthouse  Hall."), ("ill", "lIl")],
)
def test_texts_that_differ_by_reading_errors_are_similar(one: str, two: str) -> None:
    assert similar(one, two)


@pytest.mark.parametrize(
    ("one", "two"), [("version 23", "version 24"), ("13 March", "18 March"), ("cat", "car"), ("", "")]
)
def test_texts_that_differ_by_meaning_are_not(one: str, two: str) -> None:
    assert not similar(one, two)


@given(st.text())
def test_being_similar_needs_no_order(text: str) -> None:
    assert similar(text, "The harbour") == similar("The harbour", text)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=12).map("\n".join))
def test_every_sentence_stands_in_the_text_but_for_its_spaces(text: str) -> None:
    whole = " ".join(text.split())
    for sentence in sentences(text):
        assert " ".join(sentence.split()) in whole


def test_wrapped_lines_are_one_sentence_and_short_lines_are_their_own() -> None:
    text = "Dear Nora,\nthe printer asks when the label texts come, because he\nneeds them. He waits.\n- one\n- two"
    assert list(sentences(text)) == [
        "Dear Nora,",
        "the printer asks when the label texts come, because he needs them.",
        "He waits.",
        "one",
        "two",
    ]


def test_a_field_below_a_line_does_not_continue_it() -> None:
    assert list(sentences("I will send the list by Friday 13\n| Send message")) == [
        "I will send the list by Friday 13",
        "| Send message",
    ]


def test_line_numbers_glued_to_a_line_are_no_part_of_a_sentence() -> None:
    assert list(sentences("1Salt and Light.\n12Room one: the harbour")) == ["Salt and Light.", "Room one: the harbour"]


def test_content_leaves_out_what_carries_no_meaning() -> None:
    assert content("How do the heat pumps of 2026 work? - free guide") == {
        "heat": "heat",
        "pump": "pumps",
        "work": "work",
    }


def test_a_misread_i_is_put_right_before_its_verb_only() -> None:
    assert spoken("| will call. l'll come. The | stays") == "I will call. I'll come. The | stays"


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("Dear Mal", "Dear Margit and Oskar,", True),
        ("I will send the list by Friday 1]", "I will send the list by Friday 13 March.", True),
        ("Call Tom.", "Ask Birgit about it.", False),
        ("I met Ann there.", "I met Ann at the station.", False),
    ],
)
def test_the_beginning_of_a_sentence_is_known_though_its_end_is_misread(part: str, whole: str, expected: bool) -> None:
    assert begins(part, whole) is expected


def test_plain_text_has_one_kind_of_quote_and_space() -> None:
    assert plain("  it’s \n “so” – now ") == 'it\'s "so" - now'


@pytest.mark.parametrize("mark", ["- ", "7* ", "8- ", "a) ", "°| * ", "% "])
def test_what_marks_an_item_of_a_list_is_no_word_of_it(mark: str) -> None:
    assert list(sentences(f"{mark}TODO paint the door")) == ["TODO paint the door"]


def test_the_number_of_an_empty_line_ends_the_sentence_before_it() -> None:
    assert list(sentences("8- paint the door on Monday\n10")) == ["paint the door on Monday"]


@given(st.text("abcI l1.", max_size=14), st.text("abcI l1.", max_size=14), st.sampled_from([0.8, 0.88, 0.9]))
def test_likeness_is_that_of_the_longest_common_parts(first: str, second: str, bar: float) -> None:
    one, two = skeleton(first), skeleton(second)
    digits = [character for character in one if character.isdigit()]
    alike = digits == [character for character in two if character.isdigit()]
    ratio = SequenceMatcher(None, one, two, autojunk=False).ratio()
    expected = bool(one) if one == two else min(len(one), len(two)) >= 5 and alike and ratio >= bar
    assert similar(first, second, bar) is expected
