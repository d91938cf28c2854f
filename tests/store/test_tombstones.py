"""Never again: what the person refused for good is known in other words, and nothing else is taken for it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum import plugins
from gum.paths import Home
from gum.records import Claim
from gum.store import Store
from tests.store.conftest import START, BagEmbedder

PAIRS = json.loads(Path(__file__).with_name("tombstones.json").read_text())


@pytest.fixture
def embedder() -> BagEmbedder:
    """It knows that some words mean the same."""
    return BagEmbedder({"employer": "job", "seeks": "wants", "another": "new", "a": "the"})


def _refused(store: Store, text: str, claim: Claim | None = None) -> None:
    store.tombstones.add(text, claim, None, START)


def test_the_same_meaning_is_covered_in_other_words(meaning: Store) -> None:
    _refused(meaning, "Jordan Lee wants a new job")
    assert meaning.tombstones.covers("the user seeks another employer", None)
    assert not meaning.tombstones.covers("the user bakes bread with rye", None)


def test_the_vector_is_made_once_and_anew_by_another_embedder(home: Home, embedder: BagEmbedder) -> None:
    with Store.open(home, embedder=embedder) as store:
        _refused(store, "wants a new job")
        for _ in range(2):
            store.tombstones.covers("seeks another employer", None)
        assert embedder.texts.count("wants a new job") == 1
    other = BagEmbedder()
    other.name = "bag/2"
    with Store.open(home, embedder=other) as store:
        store.tombstones.covers("seeks another employer", None)
    assert other.texts.count("wants a new job") == 1


def test_without_an_embedder_words_and_claims_decide(store: Store) -> None:
    _refused(store, "The user wants a new job.", Claim("researches", "jobs"))
    assert store.tombstones.covers("the user wants  a new JOB", None)
    assert store.tombstones.covers("Something else", Claim("researches", "jobs", "in spring"))
    assert not store.tombstones.covers("the user seeks another employer", None)


def test_near_texts_of_which_each_names_something_else_are_not_the_same(meaning: Store) -> None:
    _refused(meaning, "the user works on chapter 3 of the long report for the board")
    assert not meaning.tombstones.covers("the user works on chapter 4 of the long report for the board", None)
    assert meaning.tombstones.covers("the user works on chapter 3 of the long report for a board", None)


def test_claims_that_differ_ask_for_nearer_words(meaning: Store) -> None:
    text, near = "one two three four five six", "one two three four five nine ten"
    _refused(meaning, text, Claim("works_on", "six"))
    assert meaning.tombstones.covers(near, None)
    assert not meaning.tombstones.covers(near, Claim("works_on", "nine ten"))


def test_scripts_without_spaces_are_not_compared_by_meaning(meaning: Store) -> None:
    _refused(meaning, "用户喜欢喝绿茶。")
    meaning.tombstones.covers("用户喜欢喝咖啡。", None)
    assert meaning._sql.value("SELECT vector FROM tombstones") is None
    assert meaning.tombstones.covers("用户喜欢喝绿茶", None)


@pytest.fixture
def real(home: Home) -> Iterator[Store]:
    folder = os.environ.get("GUM_TEST_MINILM")
    if not folder:
        pytest.skip("GUM_TEST_MINILM does not name the folder of the built-in embedder")
    with Store.open(home, embedder=plugins.load("gum.embedders", "minilm")(Path(folder))) as store:
        yield store


def test_with_the_built_in_embedder_rewordings_are_covered_and_others_are_not(real: Store) -> None:
    def covered(kind: str) -> float:
        found = 0
        for refused, text in PAIRS[kind]:
            stone = real.tombstones.add(refused, None, None, START)
            found += real.tombstones.covers(text, None)
            real.tombstones.remove(stone.id)
        return found / len(PAIRS[kind])

    assert covered("again") >= 0.9
    assert covered("other") == 0
