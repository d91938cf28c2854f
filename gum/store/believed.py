"""What was believed when: the probability, status and trust of each proposition as they changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gum import clock
from gum.records import Status, Trust
from gum.store.connection import Connection, marks

# Fading moves every probability all the time; a step this large is worth a row, so that a rise and a full fading
# together take at most a hundred.
_STEP = 0.02
_PART = 400


def then(column: str) -> str:
    """Return the SQL for a column of `propositions p` as it was at the instant `?`: the last noted, else the first."""
    noted = f"SELECT b.{column} FROM believed b WHERE b.proposition=p.id"  # noqa: S608 - our own columns
    return f"coalesce(({noted} AND b.at<=? ORDER BY b.at DESC LIMIT 1), ({noted} ORDER BY b.at LIMIT 1), p.{column})"


#: The SQL for when `propositions p` was last supported, seen from the instant `?`, which is asked for twice.
SUPPORTED_THEN = (
    "coalesce((SELECT max(e.at) FROM evidence e WHERE e.proposition=p.id AND e.stance='for' AND e.at<=?), "
    "min(p.last_supported, ?))"
)


class Believed:
    """The course of belief in each proposition, to within two hundredths."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def note(self, proposition: int, at: datetime) -> None:
        """Keep what is believed of a proposition from an instant on, unless it hardly differs from the last note."""
        self._sql.write(
            "INSERT INTO believed SELECT p.id, ?2, p.probability, p.raw_probability, p.status, p.trust "
            "FROM propositions p WHERE p.id=?1 AND NOT EXISTS("
            "SELECT 1 FROM (SELECT * FROM believed WHERE proposition=?1 ORDER BY at DESC LIMIT 1) b "
            "WHERE b.status=p.status AND b.trust=p.trust AND abs(b.probability-p.probability)<?3) "
            "ON CONFLICT(proposition, at) DO UPDATE SET probability=excluded.probability, "
            "raw_probability=excluded.raw_probability, status=excluded.status, trust=excluded.trust",
            (proposition, clock.to_text(at), _STEP),
        )

    def at(self, propositions: Sequence[int], moment: datetime) -> dict[int, dict[str, Any]]:
        """Return, for each proposition, the fields of belief that it had at an instant."""
        columns = ", ".join(f"{then(name)} AS {name}" for name in ("probability", "raw_probability", "status", "trust"))
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(propositions), _PART):
            part = propositions[start : start + _PART]
            sql = f"SELECT p.id, {columns}, {SUPPORTED_THEN} AS last_supported FROM propositions p WHERE p.id IN ({marks(part)})"  # noqa: S608,E501
            found |= dict(self._sql.records(_belief, sql, [clock.to_text(moment)] * 6 + list(part)))
        return found


def _belief(row: sqlite3.Row) -> tuple[int, dict[str, Any]]:
    return row["id"], {
        "probability": row["probability"],
        "raw_probability": row["raw_probability"],
        "status": Status(row["status"]),
        "trust": Trust(row["trust"]),
        "last_supported": clock.from_text(row["last_supported"]),
    }
