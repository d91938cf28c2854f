"""The records and all that hangs on them."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Observations, episodes, propositions with their evidence and history, and all that hangs on them."""
    db.executescript(
        """
        CREATE TABLE episodes(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          started_at TEXT NOT NULL, ended_at TEXT NOT NULL,
          app TEXT NOT NULL, document TEXT NOT NULL, topic TEXT NOT NULL,
          dwell_s REAL NOT NULL, keys INTEGER NOT NULL, clicks INTEGER NOT NULL,
          state TEXT NOT NULL CHECK(state IN ('pending','inferred','failed')),
          tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
          closed INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX episodes_started ON episodes(started_at);
        CREATE INDEX episodes_state ON episodes(state, closed);

        CREATE TABLE observations(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          observer TEXT NOT NULL, kind TEXT NOT NULL,
          captured_at TEXT NOT NULL, until TEXT NOT NULL, utc_offset_s INTEGER NOT NULL,
          app TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL,
          trust TEXT NOT NULL, frame TEXT NOT NULL, window INTEGER,
          keys INTEGER NOT NULL, clicks INTEGER NOT NULL, scrolls INTEGER NOT NULL,
          content_hash TEXT NOT NULL, source TEXT UNIQUE,
          episode INTEGER REFERENCES episodes(id) ON DELETE SET NULL,
          state TEXT NOT NULL DEFAULT 'pending' CHECK(state IN ('pending','inferred','failed')),
          reason TEXT NOT NULL DEFAULT '', committed_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX observations_captured ON observations(captured_at);
        CREATE INDEX observations_episode ON observations(episode);
        CREATE INDEX observations_frame ON observations(frame) WHERE frame != '';

        CREATE TABLE propositions(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          text TEXT NOT NULL, reasoning TEXT NOT NULL,
          kind TEXT NOT NULL, durability TEXT NOT NULL, theme TEXT NOT NULL,
          status TEXT NOT NULL CHECK(status IN ('candidate','active','confirmed','rejected','superseded','retired')),
          probability REAL NOT NULL CHECK(probability BETWEEN 0 AND 1),
          raw_probability REAL NOT NULL CHECK(raw_probability BETWEEN 0 AND 1),
          trust TEXT NOT NULL, first_seen TEXT NOT NULL, last_supported TEXT NOT NULL,
          valid_from TEXT, valid_to TEXT, engine TEXT NOT NULL,
          claim_predicate TEXT, claim_object TEXT, claim_qualifier TEXT,
          sensitivity TEXT NOT NULL DEFAULT '',
          pinned INTEGER NOT NULL DEFAULT 0, edited INTEGER NOT NULL DEFAULT 0,
          version INTEGER NOT NULL DEFAULT 1, updated_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX propositions_claim ON propositions(claim_predicate, claim_object);
        CREATE INDEX propositions_status ON propositions(status, probability);
        CREATE INDEX propositions_first_seen ON propositions(first_seen);

        CREATE TABLE evidence(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          proposition INTEGER NOT NULL REFERENCES propositions(id) ON DELETE CASCADE,
          observation INTEGER NOT NULL REFERENCES observations(id) ON DELETE CASCADE,
          episode INTEGER NOT NULL REFERENCES episodes(id) ON DELETE CASCADE,
          stance TEXT NOT NULL CHECK(stance IN ('for','against')),
          quote TEXT NOT NULL, weight REAL NOT NULL, trust TEXT NOT NULL, at TEXT NOT NULL, engine TEXT NOT NULL,
          UNIQUE(proposition, observation, stance, quote)
        ) STRICT;
        CREATE INDEX evidence_observation ON evidence(observation);
        CREATE INDEX evidence_episode ON evidence(episode);

        CREATE TABLE revisions(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          proposition INTEGER NOT NULL REFERENCES propositions(id) ON DELETE CASCADE,
          seq INTEGER NOT NULL, author TEXT NOT NULL, cause TEXT NOT NULL,
          old TEXT NOT NULL CHECK(json_valid(old)), new TEXT NOT NULL CHECK(json_valid(new)),
          at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0,
          UNIQUE(proposition, seq)
        ) STRICT;

        CREATE TABLE verdicts(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          target TEXT NOT NULL CHECK(target IN ('proposition','suggestion')), target_id INTEGER NOT NULL,
          verdict TEXT NOT NULL, note TEXT NOT NULL, shown_probability REAL, at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX verdicts_target ON verdicts(target, target_id);

        CREATE TABLE tombstones(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          text TEXT NOT NULL, claim_predicate TEXT, claim_object TEXT,
          proposition INTEGER, vector BLOB, at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE audit_decisions(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          episode INTEGER, category TEXT NOT NULL, decision TEXT NOT NULL CHECK(decision IN ('allowed','held')),
          reason TEXT NOT NULL, draft TEXT NOT NULL CHECK(json_valid(draft)), at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE questions(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          text TEXT NOT NULL UNIQUE, propositions TEXT NOT NULL CHECK(json_valid(propositions)),
          status TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '', asked_at TEXT NOT NULL, answered_at TEXT
        ) STRICT;

        CREATE TABLE suggestions(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL, title TEXT NOT NULL, why TEXT NOT NULL, action TEXT NOT NULL,
          payload TEXT NOT NULL CHECK(json_valid(payload)), propositions TEXT NOT NULL CHECK(json_valid(propositions)),
          status TEXT NOT NULL CHECK(status IN ('shown','silent','accepted','dismissed','expired','undone')),
          decision TEXT NOT NULL CHECK(json_valid(decision)), key TEXT NOT NULL UNIQUE,
          created_at TEXT NOT NULL, expires_at TEXT, result TEXT NOT NULL CHECK(json_valid(result))
        ) STRICT;
        CREATE INDEX suggestions_status ON suggestions(status, created_at);

        CREATE TABLE coverage(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          started_at TEXT NOT NULL, ended_at TEXT NOT NULL,
          state TEXT NOT NULL CHECK(state IN ('recorded','paused','excluded','locked','off','failed')),
          reason TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX coverage_started ON coverage(started_at);

        CREATE TABLE jobs(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL, subject INTEGER NOT NULL,
          state TEXT NOT NULL DEFAULT 'waiting' CHECK(state IN ('waiting','running','done','failed')),
          tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
          UNIQUE(kind, subject)
        ) STRICT;
        CREATE INDEX jobs_next ON jobs(state, next_at);

        CREATE TABLE failures(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          part TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 1,
          first_at TEXT NOT NULL, last_at TEXT NOT NULL, UNIQUE(part, reason)
        ) STRICT;

        CREATE TABLE clients(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE, token_hash TEXT NOT NULL, scopes TEXT NOT NULL CHECK(json_valid(scopes)),
          created_at TEXT NOT NULL, expires_at TEXT, revoked INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE access_log(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          client TEXT NOT NULL, route TEXT NOT NULL, shown TEXT NOT NULL CHECK(json_valid(shown)), at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK(json_valid(value))) STRICT;
        """
    )
