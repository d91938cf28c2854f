"""Audit decisions: what was held back or let through, why, and what the person answered.

A held decision keeps its draft and quotes until the person answers; then it holds no content any more.  The matter, a
digest keyed by a secret of this store, tells the same one again without its words.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError
from gum.records import Quote
from gum.store.connection import Connection, marks
from gum.store.ledger import Ledger
from gum.store.settings import Settings

HELD, ALLOWED, REFUSED = "held", "allowed", "refused"
MOST_QUOTES = 20
_KEY = "audit_key"


@dataclass(frozen=True, slots=True)
class AuditDecision:
    """Whether a draft of a sensitive category was let through ('allowed') or not ('held'), and why.

    `answer` is what the person said of a held one: 'allowed', 'refused', or empty while it waits.  `flow` says whose
    matter it is, where it comes from and who heard of it; `proposition` is what an allowed draft became.
    """

    episode: int | None
    category: str
    decision: str
    reason: str
    draft: dict[str, Any]
    at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    flow: dict[str, Any] = field(default_factory=dict)
    matter: str = ""
    proposition: int | None = None
    id: int = 0

    @property
    def state(self) -> str:
        """What holds now: 'held' while it waits for an answer, else 'allowed' or 'refused'."""
        return self.answer or self.decision


class Audit:
    """The audit decisions of a store, oldest first."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._sql = connection
        self._settings = settings

    def add(self, made: AuditDecision, quotes: Sequence[Quote] = ()) -> AuditDecision:
        """Keep a decision that waits for no answer yet; the quotes go with the observations that they stand in."""
        fields = {
            "episode": made.episode,
            "category": made.category,
            "decision": made.decision,
            "reason": made.reason,
            "draft": json.dumps(made.draft, ensure_ascii=False),
            "at": clock.to_text(made.at),
            "flow": json.dumps(made.flow, ensure_ascii=False),
            "matter": made.matter,
            "proposition": made.proposition,
        }
        with self._sql.transaction():
            id = self._sql.insert("audit_decisions", fields)
            self.add_quotes(id, quotes)
            Ledger(self._sql).add(f"drafts {made.decision}", made.category, 1, made.at)
        return self.get(id)

    def add_quotes(self, id: int, quotes: Sequence[Quote]) -> None:
        """Keep further words behind a held draft, MOST_QUOTES in all."""
        room = MOST_QUOTES - len(self.quotes(id))
        self._sql.write_many(
            "INSERT INTO audit_quotes(decision, observation, quote) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
            [(id, quote.observation, quote.text) for quote in quotes[: max(0, room)]],
        )

    def quotes(self, id: int) -> list[Quote]:
        """Return the words behind a held draft that are still there."""
        sql = "SELECT observation, quote FROM audit_quotes WHERE decision=? ORDER BY observation, quote"
        return self._sql.records(lambda row: Quote(row["observation"], row["quote"]), sql, (id,))

    def get(self, id: int) -> AuditDecision:
        """Return one decision.  Raises NotFoundError."""
        found = self._sql.record(_decision, "SELECT * FROM audit_decisions WHERE id=?", (id,))
        if found is None:
            raise NotFoundError(f"There is no audit decision {id}.")
        return found

    def list(self, state: str | None = None) -> Sequence[AuditDecision]:
        """Return the decisions that are 'held', 'allowed' or 'refused' by now, or every one."""
        sql = (
            "SELECT * FROM audit_decisions WHERE ?1 IS NULL OR CASE answer WHEN '' THEN decision ELSE answer END=?1 "
            "ORDER BY id"
        )
        return self._sql.records(_decision, sql, (state,))

    def of_episode(self, episode: int) -> Sequence[AuditDecision]:
        """Return the decisions on drafts of an episode."""
        return self._sql.records(_decision, "SELECT * FROM audit_decisions WHERE episode=? ORDER BY id", (episode,))

    def held(self) -> int:
        """Return how many wait for the person's answer."""
        return int(self._sql.value("SELECT count(*) FROM audit_decisions WHERE decision=? AND answer=''", (HELD,)))

    def of_matters(self, matters: Sequence[str]) -> Sequence[AuditDecision]:
        """Return the decisions on any of these matters."""
        sql = f"SELECT * FROM audit_decisions WHERE matter IN ({marks(matters)}) AND matter!='' ORDER BY id"  # noqa: S608
        return self._sql.records(_decision, sql, matters)

    def answer(self, id: int, answer: str, at: datetime, proposition: int | None = None) -> AuditDecision:
        """Keep the person's answer and let the content go.  Raises NotFoundError."""
        known = self.get(id)
        bare = {"kind": known.draft["kind"]} if "kind" in known.draft else {}
        fields = {"answer": answer, "answered_at": clock.to_text(at), "draft": json.dumps(bare)}
        with self._sql.transaction():
            self._sql.update("audit_decisions", id, fields | {"proposition": proposition})
            self._sql.write("DELETE FROM audit_quotes WHERE decision=?", (id,))
        return self.get(id)

    def remove(self, ids: Sequence[int]) -> int:
        """Remove decisions; return how many there were."""
        return self._sql.write(f"DELETE FROM audit_decisions WHERE id IN ({marks(ids)})", ids)  # noqa: S608

    def matter(self, words: Iterable[str]) -> str:
        """Return the digest of a matter that these words name, in any order."""
        digest = hashlib.blake2b(key=self._key(), digest_size=16)
        digest.update("\0".join(sorted(set(words))).encode())
        return digest.hexdigest()

    def _key(self) -> bytes:
        key = self._settings.get(_KEY)
        if key is None:
            key = secrets.token_hex(32)
            self._settings.set(_KEY, key)
        return bytes.fromhex(key)


def _decision(row: sqlite3.Row) -> AuditDecision:
    fields = {
        "draft": json.loads(row["draft"]),
        "flow": json.loads(row["flow"]),
        "at": clock.from_text(row["at"]),
        "answered_at": None if row["answered_at"] is None else clock.from_text(row["answered_at"]),
    }
    return AuditDecision(**(dict(row) | fields))
