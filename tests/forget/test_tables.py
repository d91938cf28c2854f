"""Every column of text is known to forgetting: as content that it looks through, or as something that holds none."""

from __future__ import annotations

from gum.forget.choosing import DERIVED
from tests.forget.conftest import Life

#: What observations and episodes hold goes with their rows; so does what hangs on rows that go.
WITH_ITS_ROW = {
    "observations": {"app", "title", "url", "text", "source", "reason", "content_hash", "frame"},
    "episodes": {"app", "document", "topic", "reason"},
    "evidence": {"quote"},
    "audit_quotes": {"quote"},
    "propositions": {"bigrams"},
    "questions": {"propositions"},
    "suggestions": {"propositions", "decision"},
    "forgettings": {"selection", "counts", "files"},
    "forgotten_rows": {"from_table", "kept"},
    "forgotten_frames": {"frame"},
    "replies": {"client", "key", "request", "headers"},
}
#: Words of the program's own, names that the person gave, times and numbers.
PLAIN = {
    "observations": {"observer", "kind", "captured_at", "until", "trust", "state", "committed_at"},
    "episodes": {"started_at", "ended_at", "state"},
    "propositions": {
        "kind", "durability", "theme", "status", "trust", "first_seen", "last_supported", "valid_from", "valid_to",
        "engine", "claim_predicate", "sensitivity", "updated_at",
    },
    "evidence": {"stance", "trust", "at", "engine"},
    "revisions": {"author", "at"},
    "believed": {"at", "status", "trust"},
    "verdicts": {"target", "verdict", "at", "asked", "bound"},
    "tombstones": {"claim_predicate", "at"},
    "audit_decisions": {"category", "decision", "reason", "at", "answer", "answered_at", "matter"},
    "questions": {"status", "asked_at", "answered_at"},
    "suggestions": {"kind", "action", "status", "created_at", "expires_at", "snoozed_until"},
    "notices": {"rank", "state", "at"},
    "coverage": {"started_at", "ended_at", "state", "reason"},
    "jobs": {"kind", "state", "next_at", "reason"},
    "failures": {"part", "reason", "first_at", "last_at"},
    "clients": {"name", "token_hash", "scopes", "limits", "created_at", "expires_at"},
    "access_log": {"client", "route", "shown", "at"},
    "settings": {"key", "value"},
    "vectors": {"embedder"},
    "outbox": {"operation"},
    "forgettings": {"at", "erase_at", "state"},
    "forgotten_rows": {"operation"},
    "ledger": {"day", "what", "reason"},
    "exports": {"path", "made_at"},
    "replies": {"at"},
    "_sqlite_migrations": {"migration_set", "name", "applied_at"},
}  # fmt: skip


def test_no_text_is_kept_that_forgetting_does_not_know_of(life: Life) -> None:
    store = life.store
    sql = (
        "SELECT m.name, c.name AS column FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type='table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' "
        "AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.type='TEXT'"
    )
    known = {
        (table, name) for group in (DERIVED, WITH_ITS_ROW, PLAIN) for table, names in group.items() for name in names
    }
    unknown = {(row["name"], row["column"]) for row in store.sql.rows(sql)} - known
    assert not unknown, (
        "say in gum.forget.choosing.DERIVED how forgetting finds what stands there, or here that it holds no content"
    )
