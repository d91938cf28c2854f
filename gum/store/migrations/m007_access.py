"""Clients with limits, what they were shown, and the answers kept for requests that are sent twice."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Limits of clients; the time and status of each disclosure; replies by client and idempotency key."""
    db.executescript(
        """
        ALTER TABLE clients ADD COLUMN limits TEXT NOT NULL DEFAULT '{}' CHECK(json_valid(limits));
        CREATE UNIQUE INDEX clients_token ON clients(token_hash);
        ALTER TABLE access_log ADD COLUMN status INTEGER NOT NULL DEFAULT 200;
        CREATE INDEX access_log_client ON access_log(client, id);
        CREATE INDEX access_log_at ON access_log(at);
        CREATE TABLE replies(
          client TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL,
          status INTEGER NOT NULL, headers TEXT NOT NULL CHECK(json_valid(headers)), body BLOB NOT NULL,
          at TEXT NOT NULL, PRIMARY KEY(client, key)
        ) STRICT;
        CREATE INDEX replies_at ON replies(at);
        """
    )
