"""Tombstones: what the person never wants inferred again, in whatever words.

A text is covered by a tombstone of the same claim or the same words, and by one that means the same.  Measured with the
built-in embedder on 26 rewordings and 26 other texts of the same kind (tests/store/tombstones.json), and on 50
paraphrases with few words in common and 20 statements close to them that say something else:

    cosine from   rewordings   paraphrases   others   close but different
    .65           .96          .48           .04      .35
    .70           .96          .38           .00      .25
    .75           .88          .20           .00      .25

The close but different ones turn a statement round ("prefers Java over Python").  Texts of which each names something
that the other does not, by a capital letter, a digit or a dot, are never the same however near they lie.  Where both
make a claim and the claims differ, the words must lie much nearer.  Scripts without spaces are compared by words and
claims alone: the built-in embedder knows next to nothing of them.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gum import clock
from gum.errors import NotFoundError
from gum.records import Claim
from gum.store.connection import Connection
from gum.store.search.bigrams import bigrams
from gum.store.search.words import STOP_WORDS
from gum.store.vectors import Vectors

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

_SAME = 0.70
_SAME_THOUGH_CLAIMS_DIFFER = 0.85
_MARK = 8  # bytes before a vector that tell which embedder made it
_ENDING = re.compile(r"['’]?s$")
_NAMING = re.compile(r"[A-Z0-9]|\w[._]\w")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A text, and the claim behind it where it has one; it stays until the person removes it."""

    id: int
    text: str
    claim: Claim | None
    proposition: int | None
    at: datetime


class Tombstones:
    """The tombstones of a store, oldest first."""

    def __init__(self, connection: Connection, vectors: Vectors) -> None:
        self._sql = connection
        self._vectors = vectors

    def add(self, text: str, claim: Claim | None, proposition: int | None, at: datetime) -> Tombstone:
        """Keep a tombstone."""
        fields = {
            "text": text,
            "claim_predicate": None if claim is None else claim.predicate,
            "claim_object": None if claim is None else claim.object,
            "proposition": proposition,
            "at": clock.to_text(at),
        }
        id = self._sql.insert("tombstones", fields)
        return next(stone for stone in self.list() if stone.id == id)

    def list(self) -> list[Tombstone]:
        """Return every tombstone; their claims carry no qualifier."""
        return self._sql.records(_tombstone, "SELECT * FROM tombstones ORDER BY id")

    def remove(self, id: int) -> None:
        """Remove a tombstone.  Raises NotFoundError."""
        if not self._sql.write("DELETE FROM tombstones WHERE id=?", (id,)):
            raise NotFoundError(f"There is no tombstone {id}.")

    def covers(self, text: str, claim: Claim | None) -> bool:
        """Tell whether a tombstone speaks of this, in these words or in others.  Raises EmbedderError."""
        words, subject = _words(text), _subject(claim)
        stones = self.list()
        if any(_words(one.text) == words or (subject and subject == _subject(one.claim)) for one in stones):
            return True
        return any(self._means(one, text, claim, cosine) for one, cosine in self._near(stones, text))

    def _means(self, stone: Tombstone, text: str, claim: Claim | None, cosine: float) -> bool:
        differ = claim is not None and stone.claim is not None
        bar = _SAME_THOUGH_CLAIMS_DIFFER if differ else _SAME
        if cosine < bar:
            return False
        named, other = (_named(self._vectors.canonical(one)) for one in (text, stone.text))
        return not (named - other and other - named)

    def _near(self, stones: Sequence[Tombstone], text: str) -> Sequence[tuple[Tombstone, float]]:
        """Return the tombstones that can be compared by meaning, with their cosine."""
        import numpy as np

        compared = [stone for stone in stones if not bigrams(stone.text)]
        if not compared or self._vectors.embedder is None or bigrams(text):
            return []
        vector = self._vectors.embed([text])[0]
        cosines = np.stack([self._vector(stone) for stone in compared]) @ vector
        return tuple(zip(compared, cosines.tolist(), strict=True))

    def _vector(self, stone: Tombstone) -> Matrix:
        """Return the vector of a tombstone by the present embedder, made and kept where it is absent."""
        import numpy as np

        assert self._vectors.embedder is not None
        mark = hashlib.sha256(self._vectors.embedder.name.encode()).digest()[:_MARK]
        kept = self._sql.value("SELECT vector FROM tombstones WHERE id=?", (stone.id,))
        if kept is not None and kept[:_MARK] == mark:
            found: Matrix = np.frombuffer(kept[_MARK:], "<f4").astype(np.float32)
            return found
        made: Matrix = self._vectors.embed([stone.text])[0]
        self._sql.update("tombstones", stone.id, {"vector": mark + made.astype("<f4").tobytes()})
        return made


def _tombstone(row: sqlite3.Row) -> Tombstone:
    claim = None if row["claim_predicate"] is None else Claim(row["claim_predicate"], row["claim_object"])
    return Tombstone(row["id"], row["text"], claim, row["proposition"], clock.from_text(row["at"]))


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".。")


def _subject(claim: Claim | None) -> tuple[str, str] | None:
    return None if claim is None else (claim.predicate, _words(claim.object))


def _named(text: str) -> set[str]:
    """Return the words after the first that name something: those with a capital letter, a digit or a dot inside."""
    found = (word.strip(".,;:!?()'\"") for word in text.split()[1:])
    names = {word.casefold() for word in found if _NAMING.search(word)} - STOP_WORDS
    return {_ENDING.sub("", name) or name for name in names}  # Thursdays are Thursday's
