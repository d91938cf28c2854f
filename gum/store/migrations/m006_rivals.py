"""Which proposition a piece of opposing evidence speaks for."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Evidence against a proposition keeps the one that it came with, so that the two can be shown side by side."""
    db.executescript(
        """
        ALTER TABLE evidence ADD COLUMN rival INTEGER REFERENCES propositions(id) ON DELETE SET NULL;
        CREATE INDEX evidence_rival ON evidence(rival) WHERE rival IS NOT NULL;
        """
    )
