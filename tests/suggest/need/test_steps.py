"""What an event's sentence shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.suggest.need.features import NAMES, features
from gum.suggest.need.steps import read


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The user searches for 'heron nests'.", {"seeks"}),
        ("The user types 'how to graft a pear' into the search bar.", {"seeks", "results"}),
        ("The user opens the search results page.", {"results", "reads"}),
        ("The terminal displays an error message.", {"trouble"}),
        ("The user runs the script.", {"runs"}),
        ("The user runs the script and sees an error.", {"trouble"}),
        ("The user remained in the editor.", {"stays"}),
        ("The user reads an article on pears.", {"reads"}),
        ("The user names the folder.", set()),
    ],
)
def test_a_sentence_shows_what_it_says(sentence: str, shown: set[str]) -> None:
    step = read(sentence)
    flags = {name for name in ("seeks", "results", "trouble", "runs", "reads", "stays") if getattr(step, name)}
    assert flags == shown


def test_clicks_and_bare_keys_are_mechanical_and_say_little() -> None:
    bare, said = read("Clicks, scrolls, ctrl_l."), read("The user writes a letter about pears to Ana.")
    assert bare.mechanical > said.mechanical
    assert bare.concrete < said.concrete


def test_words_are_counted_where_nothing_stands_between_them() -> None:
    assert read("智能手机发布").concrete > read("智能").concrete > 0


@given(st.lists(st.text(max_size=80), min_size=1, max_size=8))
def test_features_of_any_text_are_shares(sentences: list[str]) -> None:
    values = features([read(one) for one in sentences])
    assert len(values) == len(NAMES)
    assert all(0 <= value <= 1 for value in values)


def test_a_question_fades_with_the_steps_after_it() -> None:
    asked, idle = read("The user searches for pears."), read("The user waits.")
    fresh = [features([asked, *[idle] * count])[NAMES.index("goal_fresh")] for count in range(5)]
    assert fresh == pytest.approx([1, 2**-0.5, 0.5, 2**-1.5, 0.25])
    assert features([idle])[NAMES.index("goal_fresh")] == 0


def test_without_steps_there_are_no_features() -> None:
    with pytest.raises(ValueError, match="no steps"):
        features([])
