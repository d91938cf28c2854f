"""What the program decided and what went wrong: audit decisions and failures."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum import clock
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class AuditDecision:
    """Whether a draft of a sensitive category was let through ('allowed') or not ('held'), and why."""

    id: int
    episode: int | None
    category: str
    decision: str
    reason: str
    draft: dict[str, Any]
    at: datetime


class Audit:
    """The audit decisions of a store, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(
        self, episode: int | None, category: str, decision: str, reason: str, draft: dict[str, Any], at: datetime
    ) -> AuditDecision:
        """Keep a decision."""
        text = json.dumps(draft, ensure_ascii=False)
        fields = {"episode": episode, "category": category, "decision": decision, "reason": reason}
        id = self._sql.insert("audit_decisions", fields | {"draft": text, "at": clock.to_text(at)})
        return AuditDecision(id, episode, category, decision, reason, json.loads(text), at)

    def list(self) -> list[AuditDecision]:
        """Return every decision."""
        return self._sql.records(_decision, "SELECT * FROM audit_decisions ORDER BY id")


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong in a part of the program, with how often and when."""

    id: int
    part: str
    reason: str
    count: int
    first_at: datetime
    last_at: datetime


class Failures:
    """The failures of a store, the latest first; the same one is counted, not repeated."""

    def __init__(self, connection: Connection, now: clock.Clock) -> None:
        self._sql = connection
        self._now = now

    def note(self, part: str, reason: str) -> None:
        """Count a failure; `reason` never holds observed content."""
        at = clock.to_text(self._now())
        self._sql.write(
            "INSERT INTO failures(part, reason, first_at, last_at) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(part, reason) DO UPDATE SET count=count+1, last_at=max(last_at, excluded.last_at)",
            (part, reason, at, at),
        )

    def list(self) -> list[Failure]:
        """Return every failure."""
        return self._sql.records(_failure, "SELECT * FROM failures ORDER BY last_at DESC, id DESC")


def _decision(row: sqlite3.Row) -> AuditDecision:
    return AuditDecision(**(dict(row) | {"draft": json.loads(row["draft"]), "at": clock.from_text(row["at"])}))


def _failure(row: sqlite3.Row) -> Failure:
    times = {name: clock.from_text(row[name]) for name in ("first_at", "last_at")}
    return Failure(**(dict(row) | times))
