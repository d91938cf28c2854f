"""Words: any text becomes queries that parse, find it again and stay cheap."""

from __future__ import annotations

import sqlite3
from unicodedata import ucd_3_2_0

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum.store.search.bigrams import bigrams, indexed
from gum.store.search.words import Stems, all_words, asked, telling, tokens


@pytest.fixture(scope="module")
def fts() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE f USING fts5(text, bigrams, tokenize='porter unicode61 remove_diacritics 2')"
    )
    return connection


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_every_text_gives_queries_that_parse(fts: sqlite3.Connection, text: str) -> None:
    for query in (all_words(text), *(one.expression for one in asked(dict.fromkeys(telling(text), 1)))):
        if query:
            fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", (query,)).fetchone()


# SQLite's tokenizer knows the characters of Unicode 6.1; what came later is part of the word beside it.
_LONG_KNOWN = st.characters(categories=["Lu", "Ll", "Nd", "Lo", "Po", "Zs"]).filter(
    lambda char: ucd_3_2_0.category(char) != "Cn"
)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=_LONG_KNOWN, min_size=1, max_size=40))
def test_every_text_with_a_word_is_found_by_itself(fts: sqlite3.Connection, text: str) -> None:
    words = [one for one in tokens(text) if any(char.isalnum() for char in one)]
    fts.execute("DELETE FROM f")
    fts.execute("INSERT INTO f(rowid, text, bigrams) VALUES(1, ?, ?)", (text, indexed(text, "")))
    if words:
        assert fts.execute("SELECT rowid FROM f WHERE f MATCH ?", (all_words(text),)).fetchall() == [(1,)]


def test_bigrams_are_pairs_of_each_run() -> None:
    assert bigrams("去北京大学 and 茶") == ["去北", "北京", "京大", "大学", "茶"]
    assert bigrams("plain words") == []


def test_stop_words_single_letters_and_what_is_dropped_tell_nothing() -> None:
    assert telling("What does Jordan think of a B and the harbour?", ["jordan"]) == ["think", "harbour"]


def test_few_occurrences_are_asked_for_at_once() -> None:
    (one,) = asked({"harbour": 30, "ledger": 2, "absent": 0})
    assert (one.expression, one.newest) == ('"ledger" OR "harbour"', 1)
    assert asked({"absent": 0}) == asked({}) == []


def test_common_words_rank_only_what_holds_a_rare_one_too() -> None:
    rare, both = asked({"ledger": 20, "harbour": 30_000, "works": 40_000})
    assert rare.expression == '"ledger"'
    assert both.expression == '("ledger") AND ("harbour" OR "works")'


def test_common_words_alone_rank_what_holds_two_of_them_and_the_newest() -> None:
    both, newest = asked({"harbour": 30_000, "works": 50_000})
    assert both.expression == '"harbour" AND "works"'
    assert newest.newest == pytest.approx(0.05)
    assert [one.newest for one in asked({"works": 50_000})] == [pytest.approx(0.08)]


@given(st.dictionaries(st.from_regex("[a-z]{6}", fullmatch=True), st.integers(0, 50_000), max_size=40))
def test_what_is_ranked_without_a_rare_word_stays_within_the_budget(counts: dict[str, int]) -> None:
    for one in asked(counts):
        if " AND " not in one.expression:
            walked = sum(counts[term.strip('"')] for term in one.expression.split(" OR "))
            assert walked * one.newest <= 4_000 + 1e-6


def test_a_stem_is_what_the_index_keeps() -> None:
    stems = Stems("porter unicode61 remove_diacritics 2")
    made = {"debugging": "debug", "Résumés": "resum", "东西": "东西", "---": "---", "well-known": "well"}
    assert stems.of(list(made)) == made
    assert stems.of(["debugged", "debugging"]) == {"debugged": "debug", "debugging": "debug"}
    stems.close()
