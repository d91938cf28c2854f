"""Notifications that our own notification server has taken: which observation each is, and what became of it."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """The id is the one on the bus, and is never given twice; one without an observation is shown and not kept."""
    db.executescript(
        """
        CREATE TABLE notices(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          observation INTEGER REFERENCES observations(id) ON DELETE CASCADE,
          rank TEXT NOT NULL CHECK(rank IN ('now','later','digest')),
          state TEXT NOT NULL CHECK(state IN ('held','shown','closed')),
          at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX notices_observation ON notices(observation);
        CREATE INDEX notices_state ON notices(state);
        """
    )
