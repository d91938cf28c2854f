"""A verdict keeps which class of trust bounded what was judged."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Verdicts given before have none, and so say nothing of a class's cap."""
    db.executescript("ALTER TABLE verdicts ADD COLUMN bound TEXT;")
