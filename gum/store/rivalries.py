"""Which propositions speak against each other, as their evidence says."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Rivalry:
    """A proposition with evidence against it, and the one on whose behalf that speaks, if any."""

    proposition: int
    rival: int | None
    since: datetime
    latest: datetime
    pieces: int


class Rivalries:
    """A view of the evidence against propositions."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def list(self) -> list[Rivalry]:
        """Return every rivalry, the one with the newest evidence first."""
        sql = (
            "SELECT proposition, rival, min(at) AS since, max(at) AS latest, count(*) AS pieces FROM evidence "
            "WHERE stance='against' GROUP BY proposition, rival ORDER BY latest DESC, proposition, rival"
        )
        return self._sql.records(_rivalry, sql, ())

    def of(self, proposition: int) -> Sequence[int]:
        """Return the propositions that this one speaks against, and those that speak against it."""
        sql = (
            "SELECT rival FROM evidence WHERE proposition=?1 AND rival IS NOT NULL "
            "UNION SELECT proposition FROM evidence WHERE rival=?1 ORDER BY 1"
        )
        return [int(row["rival"]) for row in self._sql.rows(sql, (proposition,))]


def _rivalry(row: sqlite3.Row) -> Rivalry:
    return Rivalry(**(dict(row) | {name: clock.from_text(row[name]) for name in ("since", "latest")}))
