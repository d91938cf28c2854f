"""The word index, and the vectors with their outbox."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """The word index (unicode61 with porter stems, and bigrams for scripts without spaces), vectors and their outbox.

    `bigrams` holds two-character pieces of CJK runs, written by the store: FTS5's trigram finds no two-character word.
    """
    db.executescript(
        """
        ALTER TABLE propositions ADD COLUMN bigrams TEXT NOT NULL DEFAULT '';
        CREATE VIRTUAL TABLE propositions_fts USING fts5(
          text, reasoning, bigrams, content="propositions", content_rowid="id",
          tokenize='porter unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE propositions_vocabulary USING fts5vocab(propositions_fts, 'row');
        CREATE TRIGGER propositions_insert AFTER INSERT ON propositions BEGIN
          INSERT INTO propositions_fts(rowid, text, reasoning, bigrams)
            VALUES(new.id, new.text, new.reasoning, new.bigrams); END;
        CREATE TRIGGER propositions_delete AFTER DELETE ON propositions BEGIN
          INSERT INTO propositions_fts(propositions_fts, rowid, text, reasoning, bigrams)
            VALUES('delete', old.id, old.text, old.reasoning, old.bigrams); END;
        CREATE TRIGGER propositions_update AFTER UPDATE OF text, reasoning, bigrams ON propositions BEGIN
          INSERT INTO propositions_fts(propositions_fts, rowid, text, reasoning, bigrams)
            VALUES('delete', old.id, old.text, old.reasoning, old.bigrams);
          INSERT INTO propositions_fts(rowid, text, reasoning, bigrams)
            VALUES(new.id, new.text, new.reasoning, new.bigrams); END;

        CREATE TABLE vectors(
          id INTEGER PRIMARY KEY REFERENCES propositions(id) ON DELETE CASCADE,
          embedder TEXT NOT NULL, vector BLOB NOT NULL
        ) STRICT;
        CREATE TABLE outbox(
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          id INTEGER NOT NULL, operation TEXT NOT NULL CHECK(operation IN ('upsert','delete'))
        ) STRICT;
        """
    )
