"""What was shown to whom: ids and counts, never content."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum import clock
from gum.store.connection import Connection
from gum.store.ledger import Ledger

#: So many ids of a kind are listed in a row; beyond them it holds their count alone.
MOST_IDS = 500
#: The log keeps this many rows, the newest.
MOST_ROWS = 200_000
_TRIM_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One request that was answered: who asked, which route or tool, what was shown by kind, and with which status."""

    client: str
    route: str
    shown: Mapping[str, Any]
    at: datetime
    status: int = 200
    id: int = 0


class AccessLog:
    """The disclosures of a store."""

    def __init__(self, connection: Connection, now: clock.Clock) -> None:
        self._sql = connection
        self._now = now

    def note(self, client: str, route: str, shown: Mapping[str, Sequence[int | str]], status: int = 200) -> None:
        """Keep one disclosure: ids by kind, such as {"propositions": [3, 4]}."""
        each = {kind: sorted(set(ids)) for kind, ids in shown.items() if ids}
        told = {kind: {"count": len(ids), "ids": ids[:MOST_IDS]} for kind, ids in each.items()}
        fields = {"client": client, "route": route, "shown": json.dumps(told), "status": status}
        at = self._now()
        id = self._sql.insert("access_log", fields | {"at": clock.to_text(at)})
        for kind, ids in each.items():
            Ledger(self._sql).add(f"{kind} disclosed", client, len(ids), at)
        if id % _TRIM_EVERY == 0:
            self._sql.write("DELETE FROM access_log WHERE id<=?", (id - MOST_ROWS,))

    def list(self, client: str | None = None, before: int | None = None, limit: int = 100) -> list[Disclosure]:
        """Return disclosures, the newest first: those of a client, those with an id below `before`."""
        chosen = "(?1 IS NULL OR client=?1) AND (?2 IS NULL OR id<?2)"
        sql = f"SELECT * FROM access_log WHERE {chosen} ORDER BY id DESC LIMIT ?3"  # noqa: S608
        return self._sql.records(_disclosure, sql, (client, before, limit))

    def last_used(self) -> dict[str, datetime]:
        """Return when each client was last answered."""
        sql = "SELECT client, max(at) AS at FROM access_log GROUP BY client"
        return dict(self._sql.records(lambda row: (row["client"], clock.from_text(row["at"])), sql))


def _disclosure(row: sqlite3.Row) -> Disclosure:
    return Disclosure(
        client=row["client"],
        route=row["route"],
        shown=json.loads(row["shown"]),
        at=clock.from_text(row["at"]),
        status=row["status"],
        id=row["id"],
    )
