"""Answers kept for a day, for requests that are sent twice under one idempotency key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from gum import clock
from gum.store.connection import Connection

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `request` is the digest of the request that it answered."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Replies:
    """The kept answers of a store, by client and key."""

    def __init__(self, connection: Connection, now: clock.Clock) -> None:
        self._sql = connection
        self._now = now

    def get(self, client: str, key: str) -> Reply | None:
        """Return the answer that was given under a key, None for a key that is new or a day old."""
        oldest = clock.to_text(self._now() - KEPT)
        return self._sql.record(
            _reply, "SELECT * FROM replies WHERE client=? AND key=? AND at>?", (client, key, oldest)
        )

    def keep(self, client: str, key: str, reply: Reply) -> None:
        """Keep an answer; those that are a day old go."""
        now = self._now()
        with self._sql.transaction():
            self._sql.write("DELETE FROM replies WHERE at<=?", (clock.to_text(now - KEPT),))
            self._sql.write(
                "INSERT OR REPLACE INTO replies(client, key, request, status, headers, body, at) "
                "VALUES(?, ?, ?, ?, ?, ?, ?)",
                (
                    client,
                    key,
                    reply.request,
                    reply.status,
                    json.dumps(dict(reply.headers)),
                    reply.body,
                    clock.to_text(now),
                ),
            )

    def clear(self, client: str | None = None) -> int:
        """Remove every kept answer, or those to one client; forgetting does, since an answer may hold what goes."""
        return self._sql.write("DELETE FROM replies WHERE ?1 IS NULL OR client=?1", (client,))


def _reply(row: sqlite3.Row) -> Reply:
    return Reply(row["request"], row["status"], json.loads(row["headers"]), row["body"])
