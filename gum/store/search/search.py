"""Search over the propositions: two arms, one ranking."""

from __future__ import annotations

import logging
import threading
from collections.abc import Container, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from gum import clock
from gum.errors import EmbedderError, EngineError
from gum.records import Hit, Proposition
from gum.store.believed import SUPPORTED_THEN, then
from gum.store.connection import Connection, marks
from gum.store.index import VectorIndex
from gum.store.proposition_query import conditions
from gum.store.propositions import Propositions
from gum.store.search import past
from gum.store.search.diversity import best, diverse
from gum.store.search.fusion import fuse, prior
from gum.store.search.query import SearchQuery
from gum.store.search.vocabulary import Vocabulary
from gum.store.search.words import Asked, asked, telling
from gum.store.vectors import Vectors

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

log = logging.getLogger(__name__)

_POOL = 50
_PART = 400
_LATELY = 64  # queries whose vectors are remembered: what is in front of the person is asked for again and again
_REWORDED = 64  # texts of the past that are embedded for one query, at some milliseconds each


@dataclass
class _Arm:
    """What one arm found, the best first; `whole` when there is nothing beyond."""

    hits: dict[int, float]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    probability: float
    last_supported: datetime


@dataclass
class _Candidates:
    """What both arms found that passes the filters: strengths by words, cosines (None without an embedder)."""

    words: dict[int, float]
    near: set[int] = field(default_factory=set)
    cosines: Mapping[int, float] | None = None
    standing: dict[int, _Standing] = field(default_factory=dict)


class Search:
    """Finds propositions by words and, where there is an embedder, by meaning.

    The same store and query give the same hits.  `Hit.arms` says which arms found it: 'words', 'meaning'.
    """

    def __init__(
        self,
        connection: Connection,
        propositions: Propositions,
        vectors: Vectors,
        index: VectorIndex,
        names: Sequence[str],
        now: clock.Clock,
    ) -> None:
        self._sql = connection
        self._propositions = propositions
        self._vectors = vectors
        self._index = index
        self._names = [word for name in names for word in name.split()]
        self._now = now
        self._vocabulary = Vocabulary(connection)
        self._beside = ThreadPoolExecutor(1, "embedding")  # no thread of its own before the first query
        self._lately: dict[str, Future[Matrix]] = {}
        self._lock = threading.Lock()

    def __call__(self, query: SearchQuery) -> list[Hit]:
        """Return the hits, the best first; none for a text that holds nothing to look for.

        While the embedder fails the words alone answer.
        """
        if query.limit < 1 or not query.text.strip():
            return []
        found = self._candidates(query)
        scores = self._weighed(found, query)
        ids = self._ordered(scores, query)
        kept = self._propositions.many(ids, query.as_of)
        ids = self._reranked([kept[id] for id in ids if id in kept], query)
        return [Hit(kept[id], scores[id], _arms(id in found.words, id in found.near)) for id in ids]

    def close(self) -> None:
        self._beside.shutdown()
        self._vocabulary.close()

    # ------------------------------------------------------------------ candidates

    def _candidates(self, query: SearchQuery) -> _Candidates:
        pool = max(_POOL, 2 * query.limit)
        embedding = self._embedding(query.text)
        reworded = {} if query.as_of is None else past.texts_at(self._sql, query.as_of)
        words = self._by_words(query, 2 * pool)
        vector = _vector(embedding)
        near = _Arm({}, whole=True) if vector is None else self._by_meaning(vector, 2 * pool)
        standing = self._standing(query, {*words.hits, *near.hits, *reworded})
        by_words = _within(words.hits, standing, reworded, pool)
        by_meaning = _within(near.hits, standing, reworded, pool)
        if len(by_words) < pool and not words.whole:  # the filters took most of them
            by_words = _within(self._by_words(query, pool, filtered=True).hits, None, reworded, pool)
        if vector is not None and len(by_meaning) < pool and not near.whole:
            passing = self._vectors.nearest_to(vector, pool, self._passing(query))
            by_meaning = _within(dict(passing), None, reworded, pool)
        held = {id: text for id, text in reworded.items() if id in standing}
        if held:
            by_words |= past.strengths(held, telling(query.text, self._names), self._vocabulary)
        if vector is None:
            return _Candidates(by_words, standing=standing)
        cosines = dict(self._vectors.cosines(vector, [id for id in by_words if id not in by_meaning])) | by_meaning
        if held:
            then = self._then(vector, {id: held[id] for id in held if id in by_words or id in near.hits})
            cosines, by_meaning = cosines | then, by_meaning | then
        return _Candidates(by_words, set(by_meaning), cosines, standing)

    def _embedding(self, text: str) -> Future[Matrix] | None:
        """Begin to embed a query, beside the search by words: both take native code some milliseconds."""
        if self._vectors.embedder is None:
            return None
        asked = self._vocabulary.without_names(self._vectors.canonical(text))
        with self._lock:
            embedding = self._lately.pop(asked, None)
            if embedding is None or (embedding.done() and embedding.exception() is not None):
                embedding = self._beside.submit(lambda: self._vectors.embed([asked])[0])
            self._lately[asked] = embedding
            if len(self._lately) > _LATELY:
                del self._lately[next(iter(self._lately))]
        return embedding

    def _then(self, vector: Matrix, texts: Mapping[int, str]) -> dict[int, float]:
        """Return the cosines of texts of the past, the oldest propositions first where they are too many."""
        chosen = dict(sorted(texts.items())[:_REWORDED])
        if not chosen:
            return {}
        return dict(zip(chosen, (self._vectors.embed(list(chosen.values())) @ vector).tolist(), strict=True))

    def _by_words(self, query: SearchQuery, limit: int, *, filtered: bool = False) -> _Arm:
        found: dict[int, float] = {}
        whole = True
        for one in asked(self._vocabulary.counts(telling(query.text, self._names))):
            rows = self._filtered(one, query, limit) if filtered else self._ranked(one, limit)
            whole = whole and len(rows) < limit and one.newest == 1
            found |= {id: max(strength, found.get(id, 0.0)) for id, strength in rows}
        return _Arm({id: found[id] for id in best(found, limit)}, whole)

    def _ranked(self, one: Asked, limit: int) -> list[tuple[int, float]]:
        newest = "" if one.newest == 1 else "AND rowid>(SELECT max(id)*(1-?) FROM propositions) "
        sql = (
            "SELECT rowid, -bm25(propositions_fts) AS strength FROM propositions_fts "  # noqa: S608
            f"WHERE propositions_fts MATCH ? {newest}ORDER BY strength DESC, rowid LIMIT ?"
        )
        values = [one.expression, *([one.newest] if newest else []), limit]
        return [(row[0], row[1]) for row in self._sql.rows(sql, values)]

    def _filtered(self, one: Asked, query: SearchQuery, limit: int) -> list[tuple[int, float]]:
        condition, values = conditions(query)
        # CROSS JOIN keeps the word index the outer loop; some versions of SQLite would turn the order round
        sql = (
            "SELECT p.id, -bm25(propositions_fts) AS strength FROM propositions_fts "  # noqa: S608
            "CROSS JOIN propositions p ON p.id=propositions_fts.rowid "
            f"WHERE propositions_fts MATCH ? AND {condition} ORDER BY strength DESC, p.id LIMIT ?"
        )
        return [(row[0], row[1]) for row in self._sql.rows(sql, [one.expression, *values, limit])]

    def _by_meaning(self, vector: Matrix, limit: int) -> _Arm:
        near = self._index.nearest(vector, limit)
        return _Arm(dict(near), whole=len(near) < limit)

    def _passing(self, query: SearchQuery) -> set[int]:
        """Return the ids of all that pass the filters."""
        condition, values = conditions(query)
        return {row[0] for row in self._sql.rows(f"SELECT p.id FROM propositions p WHERE {condition}", values)}  # noqa: S608

    def _standing(self, query: SearchQuery, ids: Iterable[int]) -> dict[int, _Standing]:
        """Return how those of the ids stand that pass the filters."""
        condition, values = conditions(query)
        columns, moments = "p.probability, p.last_supported", []
        if query.as_of is not None:
            columns, moments = f"{then('probability')}, {SUPPORTED_THEN}", [clock.to_text(query.as_of)] * 3
        found: dict[int, _Standing] = {}
        every = sorted(ids)
        for start in range(0, len(every), _PART):
            part = every[start : start + _PART]
            # NOT INDEXED leaves the look-up by id; else the index on the status might be walked through instead
            sql = (
                f"SELECT p.id, {columns} FROM propositions p NOT INDEXED "  # noqa: S608
                f"WHERE p.id IN ({marks(part)}) AND {condition}"
            )
            rows = self._sql.rows(sql, [*moments, *part, *values])
            found |= {row[0]: _Standing(row[1], clock.from_text(row[2])) for row in rows}
        return found

    # ------------------------------------------------------------------ order

    def _weighed(self, found: _Candidates, query: SearchQuery) -> dict[int, float]:
        """Return the relevance of each candidate with the mild priors on it."""
        now = (query.as_of or self._now()) if query.recency else None
        scores = fuse(found.words, found.cosines, self._vocabulary.size())
        standing = found.standing | self._standing(query, scores.keys() - found.standing.keys())
        return {
            id: min(1.0, score * prior(standing[id].probability, standing[id].last_supported, now))
            for id, score in scores.items()
            if id in standing
        }

    def _ordered(self, scores: Mapping[int, float], query: SearchQuery) -> list[int]:
        limit = query.limit if query.rerank is None else 2 * query.limit
        if query.diversity and self._vectors.embedder is not None:
            return diverse(scores, self._vectors.compared, limit)
        return best(scores, limit)

    def _reranked(self, found: Sequence[Proposition], query: SearchQuery) -> list[int]:
        ids = [one.id for one in found]
        if query.rerank is None or not found:
            return ids
        try:
            marks_given = query.rerank(query.text, found)
        except EngineError as error:
            log.warning("The order of a search stays as it was: %s", type(error).__name__)
            return ids[: query.limit]
        given = dict(zip(ids, marks_given, strict=True))
        return sorted(ids, key=lambda id: -given[id])[: query.limit]


def _vector(embedding: Future[Matrix] | None) -> Matrix | None:
    """Return the vector of a query, None where there is none to be had."""
    try:
        return None if embedding is None else embedding.result()
    except EmbedderError as error:
        log.warning("a search goes by words alone: %s", error)
        return None


def _within(
    hits: Mapping[int, float], passing: Container[int] | None, without: Mapping[int, str], limit: int
) -> dict[int, float]:
    kept = [id for id in hits if (passing is None or id in passing) and id not in without]
    return {id: hits[id] for id in kept[:limit]}


def _arms(words: bool, meaning: bool) -> tuple[str, ...]:
    return tuple(name for name, found in (("words", words), ("meaning", meaning)) if found)
