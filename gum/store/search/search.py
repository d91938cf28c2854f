"""Search over the propositions: two arms, one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.records import Hit, Status
from gum.store.connection import Connection, marks
from gum.store.index import VectorIndex
from gum.store.proposition_query import PropositionQuery, conditions
from gum.store.propositions import Propositions
from gum.store.search.diversity import diverse
from gum.store.search.fusion import fuse, prior
from gum.store.search.words import Stems, any_word
from gum.store.vectors import Vectors

LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)
_POOL = 50
_TOKENIZER = "porter unicode61 remove_diacritics 2"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for.  The filters are those of PropositionQuery; by default what is held to be true is searched.

    `diversity` chooses results that are unlike each other, `recency` lets what was supported lately weigh a bit more.
    """

    text: str
    limit: int = 10
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None
    min_probability: float = 0.0
    statuses: Sequence[str] = LIVE
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()
    sensitive: Sequence[str] | None = None
    diversity: bool = True
    recency: bool = True

    def filters(self) -> PropositionQuery:
        """Return the filters alone."""
        return PropositionQuery(
            statuses=self.statuses,
            kinds=self.kinds,
            themes=self.themes,
            sensitive=self.sensitive,
            min_probability=self.min_probability,
            since=self.since,
            until=self.until,
            as_of=self.as_of,
        )


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
        self._stems = Stems(_TOKENIZER)

    def __call__(self, query: SearchQuery) -> list[Hit]:
        """Return the hits, the best first; none for a text that holds nothing to look for.  Raises EmbedderError."""
        if query.limit < 1 or not query.text.strip():
            return []
        pool = max(_POOL, 2 * query.limit)
        bm25 = self._by_words(query, pool)
        near, cosines = self._by_meaning(query, pool, list(bm25))
        scores = fuse(bm25, cosines, self._propositions.count())
        found = self._propositions.many(list(scores), query.as_of)
        moment = (query.as_of or self._now()) if query.recency else None
        for id, proposition in found.items():
            scores[id] = min(1.0, scores[id] * prior(proposition.probability, proposition.last_supported, moment))
        return [
            Hit(found[id], scores[id], _arms(id in bm25, id in near))
            for id in self._ordered({id: scores[id] for id in found}, query)
        ]

    def close(self) -> None:
        self._stems.close()

    def _by_words(self, query: SearchQuery, pool: int) -> dict[int, float]:
        words = any_word(query.text, self._names, self._frequency)
        if not words:
            return {}
        condition, values = conditions(query.filters())
        # CROSS JOIN keeps the word index the outer loop; some versions of SQLite would turn the order round
        sql = (
            "SELECT p.id, -propositions_fts.rank AS strength FROM propositions_fts "  # noqa: S608
            "CROSS JOIN propositions p ON p.id=propositions_fts.rowid "
            f"WHERE propositions_fts MATCH ? AND {condition} ORDER BY propositions_fts.rank, p.id LIMIT ?"
        )
        rows = self._sql.rows(sql, [words, *values, pool])
        return {row["id"]: row["strength"] for row in rows}

    def _frequency(self, word: str) -> int:
        term = self._stems.of(word)
        return int(self._sql.value("SELECT doc FROM propositions_vocabulary WHERE term=?", (term,)) or 0)

    def _by_meaning(
        self, query: SearchQuery, pool: int, others: Sequence[int]
    ) -> tuple[set[int], dict[int, float] | None]:
        """Return the nearest, and the cosine of them and of the hits of the other arm; None without an embedder."""
        if self._vectors.embedder is None:
            return set(), None
        vector = self._vectors.embed([query.text])[0]
        near = self._allowed(self._index.nearest(vector, 4 * pool), query)[:pool]
        if len(near) < pool:  # the filters took most of them, or there are no more: compare all that pass
            near = [id for id, _ in self._vectors.nearest_to(vector, pool, self._passing(query))]
        candidates = sorted({*near, *others})
        found, matrix = self._vectors.of(candidates)
        cosines = dict(zip(found, (matrix @ vector).tolist(), strict=True)) if found else {}
        return set(near), {id: cosines.get(id, 0.0) for id in candidates}

    def _allowed(self, ids: Sequence[int], query: SearchQuery) -> list[int]:
        condition, values = conditions(query.filters())
        sql = f"SELECT p.id FROM propositions p WHERE p.id IN ({marks(ids)}) AND {condition}"  # noqa: S608
        passed = {row["id"] for row in self._sql.rows(sql, [*ids, *values])}
        return [id for id in ids if id in passed]

    def _passing(self, query: SearchQuery) -> set[int]:
        condition, values = conditions(query.filters())
        return {row["id"] for row in self._sql.rows(f"SELECT p.id FROM propositions p WHERE {condition}", values)}  # noqa: S608

    def _ordered(self, scores: dict[int, float], query: SearchQuery) -> list[int]:
        if query.diversity:
            ids, vectors = self._vectors.of(sorted(scores))
            return diverse(scores, ids, vectors, query.limit)
        return sorted(scores, key=lambda id: (-scores[id], id))[: query.limit]


def _arms(words: bool, meaning: bool) -> tuple[str, ...]:
    return tuple(name for name, found in (("words", words), ("meaning", meaning)) if found)
