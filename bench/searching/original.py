"""A small model of how the paper's own code searches (generalusermodels/gum, `db_utils.py`).

All words of the query, stop words included, by OR; BM25 over propositions and over observations, joined through the
links, the lower score holds; times exp(-2 x decay x days); of ten times the limit, the limit is chosen by maximal
marginal relevance on TF-IDF of text, reasoning and up to ten observations.
"""

from __future__ import annotations

import math
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.searching.corpus import Statement, questions

_OBSERVED_WORDS = 60
_LINKS = 2
_TOKEN = re.compile(r"(?u)\b\w\w+\b")
_HITS = """
    WITH f AS MATERIALIZED (SELECT rowid AS o, bm25(of) AS score FROM of WHERE of MATCH ?1)
    SELECT id, min(score) AS score FROM (
      SELECT rowid AS id, bm25(pf) AS score FROM pf WHERE pf MATCH ?1
      UNION ALL
      SELECT l.p AS id, f.score FROM f CROSS JOIN links l ON l.o=f.o)
    GROUP BY id ORDER BY score LIMIT ?2
"""


class Original:
    """Propositions, a fifth as many observations, two of them linked to each proposition."""

    def __init__(self, said: Sequence[Statement]) -> None:
        chosen = random.Random(5)
        seen = questions(max(1, len(said) // 5), _OBSERVED_WORDS, seed=13)
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(
            "CREATE TABLE p(id INTEGER PRIMARY KEY, text, reasoning, decay, days);"
            "CREATE TABLE o(id INTEGER PRIMARY KEY, content);"
            "CREATE TABLE links(p INTEGER, o INTEGER, PRIMARY KEY(p, o));"
            "CREATE INDEX links_o ON links(o);"
            "CREATE VIRTUAL TABLE pf USING fts5("
            "  text, reasoning, content='p', content_rowid='id', tokenize='porter ascii');"
            "CREATE VIRTUAL TABLE of USING fts5(content, content='o', content_rowid='id', tokenize='porter ascii');"
        )
        rows = [
            (number, one.text, one.reasoning, chosen.randint(1, 10), number / 2880) for number, one in enumerate(said)
        ]
        self._db.executemany("INSERT INTO p VALUES(?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT INTO o VALUES(?, ?)", enumerate(seen))
        links = [(number, chosen.randrange(len(seen))) for number in range(len(said)) for _ in range(_LINKS)]
        self._db.executemany("INSERT OR IGNORE INTO links VALUES(?, ?)", links)
        for table in ("pf", "of"):
            self._db.execute(f"INSERT INTO {table}({table}) VALUES('rebuild')")

    def __call__(self, text: str, limit: int = 10) -> list[int]:
        asked = " OR ".join(re.findall(r"\w+", text.lower()))
        hits = self._db.execute(_HITS, (asked, 10 * limit)).fetchall()
        relevance = self._faded(hits)
        vectors = _tfidf([self._document(id) for id, _ in hits])
        chosen: list[int] = []
        while len(chosen) < min(limit, len(hits)):
            worth = relevance * 0.5
            if chosen:
                worth = worth - 0.5 * (vectors @ vectors[chosen].T).max(axis=1)
                worth[chosen] = -np.inf
            chosen.append(int(np.argmax(worth)))
        return [hits[at][0] for at in chosen]

    def _faded(self, hits: Sequence[tuple[int, float]]) -> NDArray[np.float64]:
        faded = []
        for id, score in hits:
            decay, days = self._db.execute("SELECT decay, days FROM p WHERE id=?", (id,)).fetchone()
            faded.append(-score * math.exp(-2 * decay * days))
        lowest, highest = min(faded, default=0.0), max(faded, default=0.0)
        return (np.array(faded) - lowest) / (highest - lowest) if highest > lowest else np.full(len(faded), 0.5)

    def _document(self, id: int) -> str:
        text, reasoning = self._db.execute("SELECT text, reasoning FROM p WHERE id=?", (id,)).fetchone()
        seen = self._db.execute("SELECT content FROM links JOIN o ON o.id=links.o WHERE links.p=? LIMIT 10", (id,))
        return " ".join([text, reasoning, *(row[0] for row in seen)])


def _tfidf(documents: Sequence[str]) -> NDArray[np.float64]:
    """Return unit rows of term frequency times smoothed inverse document frequency, as scikit-learn's default."""
    counted = [Counter(_TOKEN.findall(document.lower())) for document in documents]
    column = {word: at for at, word in enumerate(dict.fromkeys(word for one in counted for word in one))}
    matrix = np.zeros((len(documents), len(column)))
    for row, one in enumerate(counted):
        for word, count in one.items():
            matrix[row, column[word]] = count
    matrix *= np.log((1 + len(documents)) / (1 + (matrix > 0).sum(axis=0))) + 1
    unit: NDArray[np.float64] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return unit
