"""The programs that hold a token of their own."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gum import clock
from gum.errors import ConfigError, ConflictError, NotFoundError, nearest
from gum.store.connection import Connection
from gum.store.limits import Limits

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
RESERVED = frozenset({"you", "person"})


@dataclass(frozen=True, slots=True)
class KnownClient:
    """One program, what it may do and see, and until when."""

    name: str
    scopes: frozenset[str]
    created_at: datetime
    limits: Limits = field(default_factory=Limits)
    expires_at: datetime | None = None
    revoked: bool = False

    def valid(self, now: datetime) -> bool:
        """Return whether its token opens anything at this instant."""
        return not self.revoked and (self.expires_at is None or now < self.expires_at)


class Clients:
    """The clients of a store.  Tokens are kept as SHA-256 only: they are 256 random bits, so no salt is needed.

    A token is looked up in memory, so that a request costs no query; the store has one owner, so that a change shows
    at once.
    """

    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self._lock = threading.Lock()
        self._by_hash = self._read()

    def add(self, client: KnownClient, token: str) -> KnownClient:
        """Keep a new client with its token; the name of a revoked one may be used again.

        Raises ConfigError for a name that cannot be one, ConflictError for one that is taken.
        """
        if not _NAME.fullmatch(client.name) or client.name in RESERVED:
            raise ConfigError(
                f"A client cannot be called {client.name!r}; "
                "use small letters, digits, '.', '_' and '-', such as 'editor'."
            )
        with self._sql.transaction():
            known = {one.name: one for one in self.list()}.get(client.name)
            if known is not None and not known.revoked:
                raise ConflictError(f"There is a client {client.name!r} already; revoke it, or take another name.")
            self._sql.write("DELETE FROM clients WHERE name=?", (client.name,))
            self._sql.insert("clients", _columns(client, digest(token)))
        self._renew()
        return client

    def get(self, name: str) -> KnownClient:
        """Return a client, also a revoked one.  Raises NotFoundError."""
        known = {one.name: one for one in self.list()}
        if name not in known:
            raise NotFoundError(f"There is no client {name!r}.{nearest(name, known)}")
        return known[name]

    def list(self) -> list[KnownClient]:
        """Return every client, in the order they were added."""
        return self._sql.records(_client, "SELECT * FROM clients ORDER BY id")

    def revoke(self, name: str) -> KnownClient:
        """End a client's access at once.  Raises NotFoundError."""
        self.get(name)
        self._sql.write("UPDATE clients SET revoked=1 WHERE name=?", (name,))
        self._renew()
        return self.get(name)

    def of_token(self, token: str, now: datetime) -> KnownClient | None:
        """Return the client that holds a token, None for no token of a client whose access stands."""
        found = self._by_hash.get(digest(token))
        return found if found is not None and found.valid(now) else None

    def standing(self, name: str, now: datetime) -> bool:
        """Return whether a client's access stands; asked again while a stream is open."""
        return any(one.name == name and one.valid(now) for one in self._by_hash.values())

    def _renew(self) -> None:
        with self._lock:
            self._by_hash = self._read()

    def _read(self) -> dict[str, KnownClient]:
        rows = self._sql.records(
            lambda row: (row["token_hash"], _client(row)), "SELECT * FROM clients WHERE NOT revoked"
        )
        return dict(rows)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _columns(client: KnownClient, token_hash: str) -> dict[str, str | int | None]:
    return {
        "name": client.name,
        "token_hash": token_hash,
        "scopes": _listed(client.scopes),
        "limits": json.dumps(client.limits.to_json()),
        "created_at": clock.to_text(client.created_at),
        "expires_at": clock.to_text(client.expires_at) if client.expires_at else None,
        "revoked": int(client.revoked),
    }


def _listed(names: Iterable[str]) -> str:
    return json.dumps(sorted(map(str, names)))


def _client(row: sqlite3.Row) -> KnownClient:
    return KnownClient(
        name=row["name"],
        scopes=frozenset(json.loads(row["scopes"])),
        created_at=clock.from_text(row["created_at"]),
        limits=Limits.from_json(json.loads(row["limits"])),
        expires_at=clock.from_text(row["expires_at"]) if row["expires_at"] else None,
        revoked=bool(row["revoked"]),
    )
