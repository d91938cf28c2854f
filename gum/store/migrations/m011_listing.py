"""Lists of propositions are chosen and sorted in one index, without a look at the rows."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """The index holds every column that a list is filtered or sorted by."""
    db.executescript(
        """
        DROP INDEX IF EXISTS propositions_status;
        CREATE INDEX propositions_listed ON propositions(
          status, probability, first_seen, last_supported, trust, pinned, sensitivity, kind, theme, durability, engine);
        """
    )
