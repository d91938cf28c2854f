"""Verdicts: what the person said of propositions and suggestions."""

from __future__ import annotations

import dataclasses
import sqlite3

from gum import clock
from gum.records import Trust, Verdict
from gum.store.connection import Connection


class Verdicts:
    """The verdicts of a store, oldest first; none is ever changed."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, verdict: Verdict) -> Verdict:
        """Keep a verdict; return it with its id."""
        fields = {field.name: getattr(verdict, field.name) for field in dataclasses.fields(verdict)}
        del fields["id"]
        fields["at"] = clock.to_text(verdict.at)
        return dataclasses.replace(verdict, id=self._sql.insert("verdicts", fields))

    def list(self, target: str | None = None, target_id: int | None = None) -> list[Verdict]:
        """Return the verdicts on 'proposition' or 'suggestion', of one id or of all."""
        sql = (
            "SELECT id, target, target_id, verdict, note, at, shown_probability, raw_probability, asked, bound "
            "FROM verdicts WHERE (?1 IS NULL OR target=?1) AND (?2 IS NULL OR target_id=?2) ORDER BY at, id"
        )
        return self._sql.records(_verdict, sql, (target, target_id))


def _verdict(row: sqlite3.Row) -> Verdict:
    bound = Trust(row["bound"]) if row["bound"] else None
    return Verdict(**(dict(row) | {"at": clock.from_text(row["at"]), "bound": bound}))
