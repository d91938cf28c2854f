"""What was asked to be forgotten, what was removed and why in numbers, and which exports are known."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Forgettings with the rows they took away, the ledger, and the exports.

    `forgotten_rows` holds whole rows as JSON until the undo window ends: `operation` 'removed' for a row that was
    taken away, 'changed' for the row as it was before.  `forgotten_frames` names the frames that no row shows.
    `ledger` holds counts only.
    """
    db.executescript(
        """
        CREATE TABLE forgettings(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          at TEXT NOT NULL, erase_at TEXT NOT NULL,
          state TEXT NOT NULL CHECK(state IN ('hidden','erasing','erased','undone')),
          selection TEXT NOT NULL CHECK(json_valid(selection)),
          counts TEXT NOT NULL CHECK(json_valid(counts)),
          files TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(files))
        ) STRICT;
        CREATE INDEX forgettings_state ON forgettings(state, erase_at);
        CREATE TABLE forgotten_rows(
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          forgetting INTEGER NOT NULL REFERENCES forgettings(id) ON DELETE CASCADE,
          operation TEXT NOT NULL CHECK(operation IN ('removed','changed')),
          from_table TEXT NOT NULL, kept TEXT NOT NULL CHECK(json_valid(kept))
        ) STRICT;
        CREATE INDEX forgotten_rows_forgetting ON forgotten_rows(forgetting);
        CREATE TABLE forgotten_frames(
          forgetting INTEGER NOT NULL REFERENCES forgettings(id) ON DELETE CASCADE,
          frame TEXT NOT NULL, PRIMARY KEY(forgetting, frame)
        ) STRICT;

        CREATE TABLE ledger(
          day TEXT NOT NULL, what TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL,
          PRIMARY KEY(day, what, reason)
        ) STRICT;
        CREATE TABLE exports(
          id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL
        ) STRICT;
        """
    )
