"""The vocabulary: how often words stand, and names that stand everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gum.records import Proposition
from gum.store import Store
from gum.store.search.vocabulary import Vocabulary

Make = Callable[..., Proposition]


@pytest.fixture
def vocabulary(store: Store, proposition: Make) -> Iterator[Vocabulary]:
    """Thirty propositions; Melanie stands in every third, Oskar in one, 'visits' in all."""
    for number in range(30):
        who = "Melanie" if number % 3 == 0 else "Oskar" if number == 1 else "nobody"
        store.propositions.add(proposition(f"The user visits {who} on day {number}."), "e", "c")
    made = Vocabulary(store._sql)
    yield made
    made.close()


def test_words_are_counted_in_any_form(vocabulary: Vocabulary) -> None:
    assert vocabulary.counts(["visit", "Visiting", "melanie", "Oskar", "absent"]) == {
        "visit": 30,
        "Visiting": 30,
        "melanie": 10,
        "Oskar": 1,
        "absent": 0,
    }
    assert vocabulary.counts([]) == {}
    assert vocabulary.size() == 30


def test_a_name_that_stands_everywhere_is_read_as_someone(vocabulary: Vocabulary) -> None:
    assert vocabulary.without_names("When did Melanie's sister see Oskar?") == "When did someone's sister see Oskar?"


def test_a_word_that_is_no_name_stays(vocabulary: Vocabulary) -> None:
    for text in ("who visits whom", "Visits on day nine", "Melanie was there", "So The user visits"):
        assert vocabulary.without_names(text) == text


def test_in_a_small_store_no_name_stands_everywhere(store: Store, proposition: Make) -> None:
    for number in range(5):
        store.propositions.add(proposition(f"Melanie reads book {number}."), "e", "c")
    vocabulary = Vocabulary(store._sql)
    assert vocabulary.without_names("What does Melanie read?") == "What does Melanie read?"
    vocabulary.close()
