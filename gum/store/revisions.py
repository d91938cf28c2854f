"""Revisions: every change of a proposition, with who made it and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gum import clock
from gum.records import Revision
from gum.store.connection import Connection, marks


class Revisions:
    """The history of propositions, the first change first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(
        self,
        proposition: int,
        author: str,
        cause: str,
        old: dict[str, Any],
        new: dict[str, Any],
        at: datetime,
        undone: bool = False,
    ) -> int:
        """Keep the next change of a proposition; return its sequence number.  Old and new are JSON-able."""
        with self._sql.transaction():
            seq = 1 + int(
                self._sql.value("SELECT coalesce(max(seq), 0) FROM revisions WHERE proposition=?", (proposition,))
            )
            fields = {"proposition": proposition, "seq": seq, "author": author, "cause": cause}
            texts = {"old": json.dumps(old, ensure_ascii=False), "new": json.dumps(new, ensure_ascii=False)}
            self._sql.insert("revisions", fields | texts | {"at": clock.to_text(at), "undone": int(undone)})
        return seq

    def of(self, proposition: int) -> list[Revision]:
        """Return the history of one proposition."""
        sql = "SELECT * FROM revisions WHERE proposition=? ORDER BY seq"
        return self._sql.records(_revision, sql, (proposition,))

    def standing(self, proposition: int) -> list[Revision]:
        """Return the changes that were not undone and are no undoing themselves; the making is no change."""
        sql = "SELECT * FROM revisions WHERE proposition=? AND undone=0 AND seq>1 ORDER BY seq"
        return self._sql.records(_revision, sql, (proposition,))

    def told(self, proposition: int) -> dict[str, Any]:
        """Return the JSON fields that the making and the standing changes amount to, one after the other."""
        found: dict[str, Any] = {}
        for revision in self.of(proposition):
            if revision.seq == 1 or not revision.undone:
                found |= revision.new
            for name, value in revision.old.items():
                found.setdefault(name, value)  # what was made before the history that is kept
        return found

    def mark_undone(self, id: int) -> None:
        """Say that a change was taken back."""
        self._sql.update("revisions", id, {"undone": 1})

    def before(self, propositions: Sequence[int], moment: datetime) -> dict[int, dict[str, Any]]:
        """Return, for each proposition changed after an instant, the JSON fields that it had then."""
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(propositions), 500):
            part = propositions[start : start + 500]
            sql = f"SELECT proposition, old FROM revisions WHERE at>? AND seq>1 AND proposition IN ({marks(part)}) ORDER BY seq DESC"  # noqa: S608,E501
            for id, old in self._sql.records(_old, sql, [clock.to_text(moment), *part]):
                found.setdefault(id, {}).update(old)
        return found


def _old(row: sqlite3.Row) -> tuple[int, dict[str, Any]]:
    return row["proposition"], json.loads(row["old"])


def _revision(row: sqlite3.Row) -> Revision:
    return Revision(
        row["proposition"],
        row["seq"],
        row["author"],
        row["cause"],
        json.loads(row["old"]),
        json.loads(row["new"]),
        clock.from_text(row["at"]),
        bool(row["undone"]),
        row["id"],
    )
