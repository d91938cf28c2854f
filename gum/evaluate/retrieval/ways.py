"""The ways of searching that are compared: for every question of a dialogue, the numbers of facts, the best first."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from gum.evaluate.retrieval.dialogues import Dialogue, Fact
from gum.paths import Home
from gum.protocols import Embedder
from gum.records import Durability, Kind, Proposition, Status, Theme, Trust
from gum.store import SearchQuery, Store
from gum.store.chroma import ChromaCollection
from gum.store.search.words import STOP_WORDS, tokens

MOST = 20
Way = Callable[[Dialogue], list[list[int]]]

_TOKENIZERS = ("porter unicode61 remove_diacritics 2", "unicode61 remove_diacritics 2", "trigram")


class Remembering:
    """An embedder that embeds no text twice."""

    def __init__(self, real: Embedder) -> None:
        self.name, self.dimensions = real.name, real.dimensions
        self._real = real
        self._known: dict[str, list[float]] = {}

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._real.embed([text])[0]
        return [self._known[text] for text in texts]


def ours(embedder: Embedder) -> Way:
    """Return our search, as the pipeline asks it: by relevance alone, without diversity and recency."""

    def search(dialogue: Dialogue) -> list[list[int]]:
        with (
            tempfile.TemporaryDirectory() as folder,
            Store.open(Home(Path(folder)), embedder=embedder, index_on_disk=False) as store,
        ):
            numbers = {}
            for number, fact in enumerate(dialogue.facts):
                kept = store.propositions.add(_proposition(fact), "evaluation", "evaluation")
                numbers[kept.id] = number
            store.index.flush()
            return [
                [numbers[hit.proposition.id] for hit in store.search(_query(question.text))]
                for question in dialogue.questions
            ]

    return search


def fts5() -> dict[str, Way]:
    """Return the word index alone, BM25 over any of the words, by setting."""
    return {
        f"{tokenizer.split()[0]}, {'without' if without else 'with'} stop words": _fts5(tokenizer, without)
        for tokenizer in _TOKENIZERS
        for without in (True, False)
    }


def chroma(embedder: Embedder) -> dict[str, Way]:
    """Return the vector index alone, by setting: the question as it stands, and its telling words."""
    return {
        "question as it stands": _chroma(embedder, lambda text: text),
        "question without stop words": _chroma(embedder, lambda text: " ".join(_words(text, True)) or text),
    }


def _fts5(tokenizer: str, without_stop_words: bool) -> Way:
    def search(dialogue: Dialogue) -> list[list[int]]:
        database = sqlite3.connect(":memory:")
        database.execute(f"CREATE VIRTUAL TABLE facts USING fts5(text, tokenize='{tokenizer}')")
        rows = [(number, fact.text) for number, fact in enumerate(dialogue.facts)]
        database.executemany("INSERT INTO facts(rowid, text) VALUES(?, ?)", rows)
        found = []
        for question in dialogue.questions:
            asked = " OR ".join(f'"{word}"' for word in _words(question.text, without_stop_words))
            sql = "SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank, rowid LIMIT ?"
            found.append([row[0] for row in database.execute(sql, (asked, MOST))] if asked else [])
        database.close()
        return found

    return search


def _chroma(embedder: Embedder, asked: Callable[[str], str]) -> Way:
    def search(dialogue: Dialogue) -> list[list[int]]:
        import numpy as np

        collection = ChromaCollection(None, "facts")
        try:
            texts = [fact.text for fact in dialogue.facts]
            collection.put(range(len(texts)), np.asarray(embedder.embed(texts), np.float32))
            questions = [asked(question.text) for question in dialogue.questions]
            near = collection.near(np.asarray(embedder.embed(questions), np.float32), min(MOST, len(texts)))
        finally:
            collection.close()
        return [[id for id, _ in sorted(hits, key=lambda hit: (hit[1], hit[0]))] for hits in near]

    return search


def _words(text: str, without_stop_words: bool) -> list[str]:
    return [word for word in tokens(text) if not (without_stop_words and word.lower() in STOP_WORDS)]


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, limit=MOST, diversity=False, recency=False)


def _proposition(fact: Fact) -> Proposition:
    return Proposition(
        text=fact.text,
        reasoning="",
        kind=Kind.FACT,
        durability=Durability.TRAIT,
        theme=Theme.LIFE,
        status=Status.ACTIVE,
        probability=0.5,
        raw_probability=0.5,
        trust=Trust.STATED,
        first_seen=fact.at,
        last_supported=fact.at,
        engine="evaluation",
    )
