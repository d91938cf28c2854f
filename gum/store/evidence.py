"""Evidence: the observations that speak for or against a proposition."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence

from gum import clock
from gum.records import Evidence, Stance, Trust
from gum.store.connection import Connection

_NAMES = tuple(field.name for field in dataclasses.fields(Evidence))


class EvidenceRows:
    """The evidence of a store, oldest first; each quote of an observation counts once for a proposition.

    Where several engines quote the same words, the row names all of them, joined by ', '.
    """

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, proposition: int) -> list[Evidence]:
        """Return the evidence of one proposition."""
        sql = "SELECT * FROM evidence WHERE proposition=? ORDER BY at, id"
        return self._sql.records(_evidence, sql, (proposition,))

    def add(self, evidence: Sequence[Evidence]) -> int:
        """Keep evidence; return how many rows were new or gained an engine.

        Raises ConflictError when a record they name is absent.
        """
        values = [
            (
                one.proposition,
                one.observation,
                one.episode,
                str(one.stance),
                one.quote,
                one.weight,
                str(one.trust),
                clock.to_text(one.at),
                one.engine,
                one.rival,
            )
            for one in evidence
        ]
        return self._sql.write_many(
            "INSERT INTO evidence(proposition, observation, episode, stance, quote, weight, trust, at, engine, rival) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(proposition, observation, stance, quote) DO UPDATE SET "
            "engine=trim(evidence.engine || ', ' || excluded.engine, ', ') "
            "WHERE instr(', ' || evidence.engine || ',', ', ' || excluded.engine || ',')=0 AND excluded.engine!=''",
            values,
        )


def _evidence(row: sqlite3.Row) -> Evidence:
    fields = {name: row[name] for name in _NAMES}
    fields |= {"stance": Stance(row["stance"]), "trust": Trust(row["trust"]), "at": clock.from_text(row["at"])}
    return Evidence(**fields)
