"""The store of one home: everything that is kept, behind one owner."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self
from uuid import uuid4

from gum import clock
from gum.paths import Home
from gum.protocols import Embedder
from gum.store.access_log import AccessLog
from gum.store.audit import Audit
from gum.store.changes import Changes
from gum.store.clients import Clients
from gum.store.connection import Connection
from gum.store.coverage import Coverages
from gum.store.encryption.conversion import unlock
from gum.store.encryption.holders import Passphrase, no_passphrase
from gum.store.encryption.key import DataKey, cipher_of
from gum.store.episodes import Episodes
from gum.store.forgotten import Forgotten
from gum.store.frames import Frames
from gum.store.index import VectorIndex
from gum.store.jobs import Jobs
from gum.store.journal import Failures
from gum.store.ledger import Exports, Ledger
from gum.store.lock import OwnerLock
from gum.store.notices import Notices
from gum.store.observations import Observations
from gum.store.propositions import Propositions
from gum.store.questions import Questions
from gum.store.replies import Replies
from gum.store.rivalries import Rivalries
from gum.store.search.search import Search
from gum.store.settings import Settings
from gum.store.suggestions import Suggestions
from gum.store.tombstones import Tombstones
from gum.store.vectors import Vectors
from gum.store.verdicts import Verdicts

INDEX_MARK = "index_mark"


class Store:
    """Everything kept below one home.  Safe to use from several threads; see the attributes for what it holds."""

    def __init__(
        self,
        home: Home,
        lock: OwnerLock,
        connection: Connection,
        *,
        embedder: Embedder | None,
        index_on_disk: bool,
        user_names: Sequence[str],
        now: clock.Clock,
        key: DataKey | None = None,
        index_server: str = "",
    ) -> None:
        self.home = home
        self.lock = lock
        self.embedder = embedder
        self._sql = connection
        self.settings = Settings(connection)
        self._vectors = vectors = Vectors(connection, embedder, user_names)
        self.encrypted = key is not None
        server = index_server if key is None else ""  # vectors tell what was written
        on_disk = index_on_disk and key is None and not server
        mark = _mark(self.settings) if server else ""
        self.index = VectorIndex(connection, vectors, home.index if on_disk else None, server, mark)
        self.frames = Frames(home.frames, connection, cipher_of(key))
        self.observations = Observations(connection, self.frames, now)
        self.episodes = Episodes(connection)
        self.propositions = Propositions(connection, vectors, now)
        self.rivalries = Rivalries(connection)
        self.verdicts = Verdicts(connection)
        self.tombstones = Tombstones(connection, vectors)
        self.audit = Audit(connection, self.settings)
        self.questions = Questions(connection)
        self.failures = Failures(connection, now)
        self.suggestions = Suggestions(connection)
        self.notices = Notices(connection)
        self.coverage = Coverages(connection)
        self.jobs = Jobs(connection)
        self.changes = Changes(connection)
        self.clients = Clients(connection)
        self.access_log = AccessLog(connection, now)
        self.replies = Replies(connection, now)
        self.ledger = Ledger(connection)
        self.forgotten = Forgotten(connection)
        self.exports = Exports(connection)
        self.search = Search(connection, self.propositions, vectors, self.index, user_names, now)

    @classmethod
    def open(
        cls,
        home: Home,
        *,
        embedder: Embedder | None = None,
        index_on_disk: bool = True,
        user_names: Sequence[str] = (),
        now: clock.Clock = clock.now,
        passphrase: Passphrase = no_passphrase,
        index_server: str = "",
    ) -> Self:
        """Open the store of a home as its owner; from then on this process makes files for the person alone.

        `passphrase` is asked for when the home is encrypted by one; the vectors of an encrypted home stay in memory,
        those of another lie on the Chroma server at `index_server` where one is named.  `store.lock.announce(url)`
        tells others where to ask.  Raises StoreLockedError, StoreKeyError, StoreUnsafeError, StoreCorruptError,
        StoreVersionError, StoreFullError, StoreReadOnlyError.
        """
        os.umask(0o077)
        home.create()
        lock = OwnerLock(home)
        lock.acquire()
        try:
            key = unlock(home, passphrase)
            return cls(
                home,
                lock,
                Connection(home.database, key),
                embedder=embedder,
                index_on_disk=index_on_disk,
                user_names=user_names,
                now=now,
                key=key,
                index_server=index_server,
            )
        except BaseException:
            lock.release()
            raise

    @property
    def sql(self) -> Connection:
        """The connection itself, for what spans all tables: forgetting and retention."""
        return self._sql

    def outdated(self, propositions: Sequence[int]) -> None:
        """Say that propositions were taken away or brought back: vectors in memory and the index follow."""
        self._vectors.outdated(propositions)
        self._sql.write_many("INSERT INTO outbox(id, operation) VALUES(?, 'upsert')", [(id,) for id in propositions])

    def transaction(self) -> AbstractContextManager[None]:
        """Commit everything in the block or nothing of it; other threads wait until it ends, so keep it short."""
        return self._sql.transaction()

    def close(self) -> None:
        """Close everything and give up ownership; closing twice is harmless."""
        try:
            self.index.close()
            self.search.close()
            self._sql.close()
        finally:
            self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _mark(settings: Settings) -> str:
    """Return what tells this home's collection from others on one server; made once."""
    mark = settings.get(INDEX_MARK)
    if mark is None:
        mark = uuid4().hex
        settings.set(INDEX_MARK, mark)
    return str(mark)
