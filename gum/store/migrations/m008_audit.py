"""What the person answered to what was held back, and what it rests on."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Decisions get the person's answer, the flow they judged, and the quotes behind a draft.

    A decision that waits for an answer holds its draft, and goes with the last of the observations that it quotes.  An
    answered one holds no content: `matter` is a keyed digest by which the same matter is known again, `proposition`
    what an allowed draft became.  Earlier decisions keep what they hold.
    """
    db.executescript(
        """
        ALTER TABLE audit_decisions ADD COLUMN answer TEXT NOT NULL DEFAULT ''
          CHECK(answer IN ('','allowed','refused'));
        ALTER TABLE audit_decisions ADD COLUMN answered_at TEXT;
        ALTER TABLE audit_decisions ADD COLUMN flow TEXT NOT NULL DEFAULT '{}' CHECK(json_valid(flow));
        ALTER TABLE audit_decisions ADD COLUMN matter TEXT NOT NULL DEFAULT '';
        ALTER TABLE audit_decisions ADD COLUMN proposition INTEGER REFERENCES propositions(id) ON DELETE SET NULL;
        CREATE INDEX audit_decisions_matter ON audit_decisions(matter);
        CREATE INDEX audit_decisions_answer ON audit_decisions(decision, answer);
        CREATE INDEX audit_decisions_proposition ON audit_decisions(proposition) WHERE proposition IS NOT NULL;

        CREATE TABLE audit_quotes(
          decision INTEGER NOT NULL REFERENCES audit_decisions(id) ON DELETE CASCADE,
          observation INTEGER NOT NULL REFERENCES observations(id) ON DELETE CASCADE,
          quote TEXT NOT NULL,
          PRIMARY KEY(decision, observation, quote)
        ) STRICT;
        CREATE INDEX audit_quotes_observation ON audit_quotes(observation);
        CREATE TRIGGER audit_quotes_delete AFTER DELETE ON audit_quotes
          WHEN NOT EXISTS (SELECT 1 FROM audit_quotes WHERE decision=old.decision) BEGIN
          DELETE FROM audit_decisions WHERE id=old.decision AND answer=''; END;
        """
    )
