"""What the rules find sensitive, counted on sentences of several kinds and languages.

Both files were written by hand by the author of the rules, `heldout.toml` before the rules: the figures tell how they
do on sentences of this sort and are no independent measure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.audit.plain import folded
from gum.infer.audit.rules import CATEGORIES, touched

HERE = Path(__file__).parent
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.95
MOST_FALSE = 0.05


def sentences(name: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence of a file with its category."""
    for group in tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["set"]:
        for sentence in group["sentences"]:
            yield group["category"], sentence


@pytest.mark.parametrize("name", ["sentences", "heldout"])
def test_the_rules_find_what_is_sensitive_and_leave_what_is_harmless(name: str) -> None:
    held = {True: 0, False: 0}
    passed = {True: 0, False: 0}
    for category, sentence in sentences(name):
        (held if touched(sentence) else passed)[category != "harmless"] += 1
    recall = held[True] / (held[True] + passed[True])
    precision = held[True] / (held[True] + held[False])
    false = held[False] / (held[False] + passed[False])
    print(f"{name}: recall {recall:.3f}, precision {precision:.3f}, harmless held back {false:.3f}")
    assert recall >= LEAST_RECALL
    assert precision >= LEAST_PRECISION
    assert false <= MOST_FALSE


@pytest.mark.parametrize("sentence", [sentence for _, sentence in sentences("demo")])
def test_what_the_demo_recording_tells_is_not_held_back(sentence: str) -> None:
    assert touched(sentence) == []


def test_there_are_enough_sentences_of_every_category_and_four_languages() -> None:
    kept = list(sentences("sentences"))
    assert len(kept) >= 150
    assert {category for category, _ in kept} == {*CATEGORIES, "judgement", "harmless"}


@pytest.mark.parametrize(("category", "sentence"), [one for one in sentences("sentences") if one[0] != "harmless"])
def test_a_sensitive_sentence_is_of_its_category(category: str, sentence: str) -> None:
    assert category in touched(sentence)


@pytest.mark.parametrize(
    "disguised",
    [
        "The user is p\u200bregn\u00adant.",
        "The user is ΡREGNANT.",
        "The user is рrеgnаnt.",
        "The user is ｐｒｅｇｎａｎｔ.",
        "The user is \u202epregnant\u202c.",
        "The user is  preg\u0301nant.",
    ],
)
def test_a_disguised_word_is_found(disguised: str) -> None:
    assert touched(disguised) == ["health"]


@pytest.mark.parametrize(
    ("sensitive", "harmless"),
    [
        ("The user has debts.", "The user reduces technical debt."),
        ("The user searches for cancer.", "The user works on the cancer dataset."),
        ("The user voted for the Greens.", "The user voted for the agenda item."),
        ("The user is Turkish.", "The user is reading a Turkish novel."),
        ("The user is Christian.", "The user deals with Christian Baker."),
        ("The user's password is tulip.", "The user resets the password of the test account."),
        ("Mara's divorce is near.", "The user's divorce papers template is ready."),
    ],
)
def test_the_same_word_may_mean_something_else(sensitive: str, harmless: str) -> None:
    assert touched(sensitive)
    assert not touched(harmless)


@pytest.mark.parametrize("name", ["Mohammed Haddad", "Rachel Cohen", "Sister Maria Kowalska", "Nguyen Thi Mai", "Kim"])
def test_a_name_alone_tells_nothing(name: str) -> None:
    assert touched(f"The user deals with {name}.") == []


@given(st.text())
def test_any_text_can_be_judged_and_the_plain_form_is_stable(text: str) -> None:
    assert set(touched(text)) <= {*CATEGORIES, "judgement"}
    assert folded(folded(text)) == folded(text)
