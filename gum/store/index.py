"""The vector index: Chroma, filled from SQLite, repaired or rebuilt whenever the two differ."""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gum.errors import ConflictError, StoreError
from gum.store.chroma import ChromaCollection, ChromaFailed, drop
from gum.store.connection import Connection
from gum.store.failing import storage_errors
from gum.store.vectors import Vectors

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

log = logging.getLogger(__name__)

_BATCH = 1000
_SAMPLE = 200
_ALL_UP_TO = 40_000  # vectors; from about there on the index is faster than comparing all
_MOST_WAITING = 2_000
_SAME = 2e-3  # cosine distance below which two vectors are of the same text; vectors are kept in half precision


@dataclass(frozen=True, slots=True)
class Drift:
    """How the index differs from SQLite.

    `missing` and `extra` count ids, `unreachable` those of a sample of vectors that do not find themselves, `waiting`
    the entries of the outbox.  `broken` is why the index could not be asked, empty when it could.
    """

    missing: int = 0
    extra: int = 0
    unreachable: int = 0
    waiting: int = 0
    broken: str = ""

    @property
    def any(self) -> bool:
        return bool(self.missing or self.extra or self.unreachable or self.broken)


class VectorIndex:
    """Finds near vectors among many.  It holds ids and vectors only and can be thrown away at any time.

    It is opened by the first `flush`, `check` or `repair`, which is slow (a second, more when it is refilled) and so
    never happens while something is committed; not to be called inside a transaction.  `state` is 'absent' (there is
    no embedder), 'closed' (not opened yet), 'ready' or 'broken', with its `reason`.
    """

    def __init__(
        self, connection: Connection, vectors: Vectors, folder: Path | None, server: str = "", mark: str = ""
    ) -> None:
        """Keep it below `folder`, on the Chroma `server` under names that end in `mark`, or in memory."""
        self._sql = connection
        self._vectors = vectors
        self._folder = folder
        self._server = server
        self._mark = f"-{mark}" if server else ""
        self._lock = threading.RLock()
        self._collection: ChromaCollection | None = None
        self.reason = ""

    @property
    def place(self) -> str:
        """Return where the vectors lie: 'disk', 'server' or 'memory'."""
        if self._server:
            return "server"
        return "memory" if self._folder is None else "disk"

    @property
    def state(self) -> str:
        if self._vectors.embedder is None:
            return "absent"
        if self.reason:
            return "broken"
        return "closed" if self._collection is None else "ready"

    def flush(self) -> int:
        """Make the vectors that are absent and bring the index up to date; return how many vectors were made.

        Raises EmbedderError, and StoreError when the index cannot be kept at all; vectors made stay in SQLite.
        """
        if not self._wanted():
            return 0
        with self._lock:
            made = self._vectors.fill()
            collection = self._opened()
            try:
                self._replay(collection)
            except ChromaFailed as error:
                self._rebuild(str(error))
        return made

    def check(self) -> Drift:
        """Compare the index with SQLite: all ids, and whether a sample of vectors find themselves."""
        if not self._wanted():
            return Drift()
        with self._lock:
            try:
                return self._drift(self._collection or self._open())
            except ChromaFailed as error:
                return Drift(broken=str(error), waiting=self._waiting())

    def repair(self) -> Drift:
        """Make the index equal to SQLite and return how it differed.  Raises StoreError when it cannot be kept."""
        if not self._wanted():
            return Drift()
        with self._lock:
            drift = self.check()
            if drift.broken or drift.unreachable:
                self._rebuild(drift.broken or f"{drift.unreachable} vectors unreachable")
            elif drift.any:
                self._settle(drift)
        return drift

    def renew(self) -> None:
        """Throw the index away with every trace of what was removed from it; the next `flush` fills a new one.

        Raises StoreError when its files cannot be removed.
        """
        if self._sql.in_transaction:
            raise ConflictError("The index cannot be used inside a transaction.")
        with self._lock:
            self.close()
            try:
                self._clear()
            except ChromaFailed as error:
                raise StoreError(f"What the server {self._server} holds cannot be removed ({error}).") from error

    def nearest(self, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """Return about the `k` nearest to a unit vector with their cosine, the nearest first, equal ones by id.

        A store of moderate size compares all its vectors, which is exact and no slower; so does any while the index
        is not ready.  What still waits in the outbox is compared by itself.
        """
        if self._vectors.count() > _ALL_UP_TO and self._lock.acquire(blocking=False):  # never wait for a refill
            try:
                waiting = self._waiting_ids()
                if self._collection is not None and len(waiting) <= _MOST_WAITING:
                    return self._by_index(self._collection, vector, k, waiting)
            except ChromaFailed as error:
                self._give_up(str(error))
            finally:
                self._lock.release()
        return self._vectors.nearest_to(vector, k)

    def _by_index(
        self, collection: ChromaCollection, vector: Matrix, k: int, waiting: set[int]
    ) -> list[tuple[int, float]]:
        indexed = collection.near(vector[None], k + min(k, len(waiting)))[0]
        found = [(id, 1 - distance) for id, distance in indexed if id not in waiting]
        if waiting:
            found += self._vectors.nearest_to(vector, k, waiting)
        return sorted(found, key=lambda one: (-one[1], one[0]))[:k]

    def close(self) -> None:
        """Let go of the index; what it holds on disk stays."""
        with self._lock:
            collection, self._collection = self._collection, None
            if collection is not None:
                try:
                    collection.close()
                except ChromaFailed as error:
                    log.info("The vector index did not close: %s", error)

    # ------------------------------------------------------------------ opening and filling

    def _wanted(self) -> bool:
        if self._sql.in_transaction:
            raise ConflictError("The index cannot be used inside a transaction.")
        return self._vectors.embedder is not None

    def _opened(self) -> ChromaCollection:
        if self._collection is None:
            try:
                collection = self._open()
                self._replay(collection)
                drift = self._drift(collection)
            except ChromaFailed as error:
                return self._rebuild(str(error))
            if drift.unreachable:
                return self._rebuild(f"{drift.unreachable} vectors unreachable")
            if drift.any:
                self._settle(drift)
        assert self._collection is not None
        return self._collection

    def _open(self) -> ChromaCollection:
        self._collection = ChromaCollection(self._folder, self._name(), self._server)
        if not self._collection.alone:
            raise ChromaFailed("made for another embedder")
        self.reason = ""
        return self._collection

    def _name(self) -> str:
        embedder = self._vectors.embedder
        assert embedder is not None
        made_by = hashlib.sha256(f"{embedder.name} {embedder.dimensions}".encode()).hexdigest()[:16]
        return f"propositions-{made_by}{self._mark}"

    def _rebuild(self, why: str) -> ChromaCollection:
        """Throw the index away and fill a new one."""
        log.warning("The vector index is rebuilt: %s", why)
        self.close()
        try:
            self._clear()
            collection = self._open()
            last = int(self._sql.value("SELECT coalesce(max(seq), 0) FROM outbox"))
            self._copy(collection, self._vectors.ids())
            self._sql.write("DELETE FROM outbox WHERE seq<=?", (last,))
        except ChromaFailed as error:
            self._give_up(str(error))
            raise StoreError(
                f"The search index in {self._server or self._folder or 'memory'} cannot be kept ({error}). "
                "Search goes on without it; check "
                f"{'whether that server answers' if self._server else 'the space and the rights of that folder'}."
            ) from error
        return collection

    def _clear(self) -> None:
        if self._server and self._vectors.embedder is not None:
            drop(self._server, self._name())
        if self._folder is not None:
            with storage_errors(self._folder):
                for entry in self._folder.iterdir() if self._folder.is_dir() else ():
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def _replay(self, collection: ChromaCollection) -> None:
        """Carry the outbox over; doing it twice, after a crash in between, changes nothing."""
        while rows := self._sql.rows("SELECT seq, id FROM outbox ORDER BY seq LIMIT ?", (_BATCH,)):
            ids = sorted({row["id"] for row in rows})
            kept = self._copy(collection, ids)
            collection.remove([id for id in ids if id not in kept])
            self._sql.write("DELETE FROM outbox WHERE seq<=?", (rows[-1]["seq"],))

    def _settle(self, drift: Drift) -> None:
        """Add what is missing and remove what is extra."""
        assert self._collection is not None
        log.info("The vector index is repaired: %d missing, %d extra", drift.missing, drift.extra)
        missing, extra = self._differences(self._collection)
        self._copy(self._collection, missing)
        self._collection.remove(extra)

    def _copy(self, collection: ChromaCollection, ids: Sequence[int]) -> set[int]:
        copied: set[int] = set()
        for start in range(0, len(ids), _BATCH):
            found, matrix = self._vectors.of(ids[start : start + _BATCH])
            if found:
                collection.put(found, matrix)
                copied.update(found)
        return copied

    def _give_up(self, why: str) -> None:
        log.warning("The vector index cannot be used: %s", why)
        self.close()
        self.reason = why

    # ------------------------------------------------------------------ comparing

    def _drift(self, collection: ChromaCollection) -> Drift:
        missing, extra = self._differences(collection)
        ids = self._vectors.ids()
        sample = [] if missing else ids[:: max(1, len(ids) // _SAMPLE)][:_SAMPLE]
        found, matrix = self._vectors.of(sample)
        near = collection.near(matrix, 3) if found else []
        unreachable = sum(
            id not in (other for other, _ in others) and not (others and others[0][1] < _SAME)
            for id, others in zip(found, near, strict=True)
        )
        return Drift(len(missing), len(extra), unreachable, self._waiting())

    def _differences(self, collection: ChromaCollection) -> tuple[list[int], list[int]]:
        wanted, held = set(self._vectors.ids()), collection.ids()
        return sorted(wanted - held), sorted(held - wanted)

    def _waiting_ids(self) -> set[int]:
        rows = self._sql.rows("SELECT DISTINCT id FROM outbox LIMIT ?", (_MOST_WAITING + 1,))
        return {row["id"] for row in rows}

    def _waiting(self) -> int:
        return int(self._sql.value("SELECT count(*) FROM outbox"))
