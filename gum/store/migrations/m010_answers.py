"""Suggestions that were put off, and what is about to be done for one."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """A suggestion may be 'snoozed' until an instant; `intent` names the files that are about to be written.

    The intent stands before the first file does, so that an acceptance which was cut off is taken up again without
    writing anything twice.
    """
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name='suggestions'").fetchone()
    db.executescript(
        """
        CREATE TABLE suggestions_new(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL, title TEXT NOT NULL, why TEXT NOT NULL, action TEXT NOT NULL,
          payload TEXT NOT NULL CHECK(json_valid(payload)), propositions TEXT NOT NULL CHECK(json_valid(propositions)),
          status TEXT NOT NULL
            CHECK(status IN ('shown','silent','snoozed','accepted','dismissed','expired','undone')),
          decision TEXT NOT NULL CHECK(json_valid(decision)), key TEXT NOT NULL UNIQUE,
          created_at TEXT NOT NULL, expires_at TEXT, result TEXT NOT NULL CHECK(json_valid(result)),
          snoozed_until TEXT, intent TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(intent))
        ) STRICT;
        INSERT INTO suggestions_new(id, kind, title, why, action, payload, propositions, status, decision, key,
                                    created_at, expires_at, result)
          SELECT id, kind, title, why, action, payload, propositions, status, decision, key, created_at, expires_at,
                 result FROM suggestions;
        DROP TABLE suggestions;
        ALTER TABLE suggestions_new RENAME TO suggestions;
        CREATE INDEX suggestions_status ON suggestions(status, created_at);
        """
    )
    if last is not None:  # an id is never given twice, also when the newest suggestions are gone
        db.execute("DELETE FROM sqlite_sequence WHERE name='suggestions'")
        db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES('suggestions', ?)", [last[0]])
