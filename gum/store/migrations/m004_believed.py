"""What was believed when."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Each proposition's probability, status and trust as they changed.

    For what is there already the present ones hold from the start: what they were before was not kept.
    """
    db.executescript(
        """
        CREATE TABLE believed(
          proposition INTEGER NOT NULL REFERENCES propositions(id) ON DELETE CASCADE,
          at TEXT NOT NULL, probability REAL NOT NULL, raw_probability REAL NOT NULL,
          status TEXT NOT NULL, trust TEXT NOT NULL,
          PRIMARY KEY(proposition, at)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO believed SELECT id, first_seen, probability, raw_probability, status, trust FROM propositions;
        """
    )
