"""Vectors: the meaning of each proposition, kept in SQLite; the index is filled from here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from gum.protocols import Embedder
from gum.store.connection import Connection, marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gum.store.compact import Compact

    Matrix = NDArray[np.float32]

_BATCH = 32
_READ = 2000


class Vectors:
    """One unit vector for each proposition, made by the present embedder, and the outbox of the index.

    The person's names are read as 'the user' before embedding: with a name on one side only, texts of the same
    meaning lie far apart.
    """

    def __init__(self, connection: Connection, embedder: Embedder | None, user_names: Sequence[str]) -> None:
        self._sql = connection
        self.embedder = embedder
        names = sorted({name.strip() for name in user_names if name.strip()}, key=len, reverse=True)
        self._names = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE) if names else None
        )
        self._compact: Compact | None = None
        self._complete = False  # whether every proposition that does not wait in the outbox has its vector
        self._stale: set[int] = set()  # in memory they may differ from SQLite

    def canonical(self, text: str) -> str:
        """Return the text with the person's names read as 'the user'."""
        return text if self._names is None else self._names.sub("the user", text)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit vector a text.  Raises EmbedderError; there must be an embedder."""
        import numpy as np

        assert self.embedder is not None
        return np.asarray(self.embedder.embed([self.canonical(text) for text in texts]), dtype=np.float32)

    def renew(self, id: int) -> None:
        """Say that a proposition's text is new: its vector goes, and the index hears of it."""
        with self._sql.transaction():
            self._sql.write("DELETE FROM vectors WHERE id=?", (id,))
            self._outdate([id])
            self._sql.write("DELETE FROM outbox WHERE id=?", (id,))  # without an embedder nobody empties it
            self._sql.insert("outbox", {"id": id, "operation": "upsert"})

    def fill(self) -> int:
        """Make the vectors that are absent or of another embedder; return how many.  Raises EmbedderError."""
        made = 0
        while self.embedder is not None:
            # every new text goes through the outbox, so all propositions are looked through only once
            among = "p.id IN (SELECT id FROM outbox) AND " if self._complete else ""
            rows = self._sql.rows(
                "SELECT p.id, p.text, p.version FROM propositions p LEFT JOIN vectors v ON v.id=p.id "  # noqa: S608
                f"WHERE {among}(v.id IS NULL OR v.embedder != ?) ORDER BY p.id LIMIT ?",
                (self.embedder.name, _BATCH),
            )
            if not rows:
                self._complete = True
                break
            self._keep([(row["id"], row["version"]) for row in rows], self.embed([row["text"] for row in rows]))
            made += len(rows)
        return made

    def _keep(self, versions: Sequence[tuple[int, int]], vectors: Matrix) -> None:
        assert self.embedder is not None
        name = self.embedder.name
        values = [
            (name, vector.astype("<f2").tobytes(), id, version)
            for (id, version), vector in zip(versions, vectors, strict=True)
        ]
        with self._sql.transaction():
            # a text that changed while it was embedded is embedded again
            self._sql.write_many(
                "INSERT OR REPLACE INTO vectors(embedder, vector, id) "
                "SELECT ?, ?, id FROM propositions WHERE id=? AND version=?",
                values,
            )
            self._sql.write_many("INSERT INTO outbox(id, operation) VALUES(?, 'upsert')", [(id,) for id, _ in versions])
            self._outdate([id for id, _ in versions])

    def ids(self) -> list[int]:
        """Return the propositions that have a vector of the present embedder, in order."""
        rows = self._sql.rows("SELECT id FROM vectors WHERE embedder=? ORDER BY id", (self._made_by(),))
        return [row["id"] for row in rows]

    def of(self, ids: Sequence[int]) -> tuple[list[int], Matrix]:
        """Return those of the ids that have such a vector, and the vectors in the same order."""
        import numpy as np

        found: list[int] = []
        blobs: list[Matrix] = []
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            sql = f"SELECT id, vector FROM vectors WHERE embedder=? AND id IN ({marks(part)}) ORDER BY id"  # noqa: S608
            for id, vector in self._sql.records(_vector, sql, [self._made_by(), *part]):
                found.append(id)
                blobs.append(vector)
        return found, _unit(np.array(blobs, np.float32)) if blobs else np.zeros((0, 0), np.float32)

    def nearest(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the `k` propositions nearest in meaning with their cosine; equal ones in the order of their ids."""
        if self.embedder is None or k < 1:
            return []
        return self.nearest_to(self.embed([text])[0], k)

    def nearest_to(self, vector: Matrix, k: int, among: Set[int] | None = None) -> list[tuple[int, float]]:
        """Return the `k` propositions nearest to a unit vector with their cosine, comparing all or those `among`."""
        with self._sql.alone():
            return self._fresh().nearest(vector, k, among)

    def cosines(self, vector: Matrix, ids: Sequence[int]) -> Mapping[int, float]:
        """Return the cosine of each id with a unit vector, 0 for one that has no vector."""
        with self._sql.alone():
            return self._fresh().cosines(vector, ids)

    def compared(self, ids: Sequence[int]) -> Matrix:
        """Return the vectors of ids in their order as they are compared in memory, zeros for one that has none."""
        with self._sql.alone():
            return self._fresh().of(ids)

    def count(self) -> int:
        """Return how many vectors are compared."""
        with self._sql.alone():
            return len(self._fresh())

    def outdated(self, ids: Sequence[int]) -> None:
        """Say that the vectors of some ids were changed or removed by other means than this object."""
        self._outdate(ids)

    def _made_by(self) -> str:
        return "" if self.embedder is None else self.embedder.name

    def _outdate(self, ids: Sequence[int]) -> None:
        with self._sql.alone():
            self._stale.update(ids)

    def _fresh(self) -> Compact:
        """Return the vectors in memory, as SQLite has them now."""
        from gum.store.compact import Compact

        uncommitted = self._sql.in_transaction  # it may be taken back: look again afterwards
        if self._compact is None:
            self._compact = Compact(0 if self.embedder is None else self.embedder.dimensions)
            self._take(self.ids())
        elif self._stale:
            stale = sorted(self._stale)
            self._compact.remove(stale)
            self._take(stale)
        if not uncommitted:
            self._stale.clear()
        return self._compact

    def _take(self, ids: Sequence[int]) -> None:
        assert self._compact is not None
        for start in range(0, len(ids), _READ):
            self._compact.put(*self.of(ids[start : start + _READ]))


def _vector(row: sqlite3.Row) -> tuple[int, Matrix]:
    import numpy as np

    return row["id"], np.frombuffer(row["vector"], "<f2").astype(np.float32)


def _unit(matrix: Matrix) -> Matrix:
    import numpy as np

    unit: Matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return unit
