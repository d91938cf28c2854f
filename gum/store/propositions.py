"""Propositions: what is believed of the person, with evidence and history."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import ConflictError, NotFoundError
from gum.records import Evidence, Proposition, Revision, Status, Trust
from gum.store.believed import Believed
from gum.store.connection import Connection, marks
from gum.store.evidence import EvidenceRows
from gum.store.proposition_query import PropositionQuery, conditions
from gum.store.proposition_rows import from_json, from_row, to_columns, to_json
from gum.store.revisions import Revisions
from gum.store.search.words import all_words
from gum.store.vectors import Vectors

_EVERY = PropositionQuery()

TENTHS = (
    "SELECT min(9, CAST(raw_probability * 10 AS INTEGER)) AS tenth, count(*) AS number FROM propositions "
    "WHERE status IN ('candidate', 'active') GROUP BY 1"
)
"""Every verdict counts by it, so it must be answered from one index alone."""


class Propositions:
    """The propositions of a store.  Every change but a recomputed probability leaves a Revision."""

    def __init__(self, connection: Connection, vectors: Vectors, now: clock.Clock) -> None:
        self._sql = connection
        self._vectors = vectors
        self._now = now
        self._evidence = EvidenceRows(connection)
        self._revisions = Revisions(connection)
        self._believed = Believed(connection)

    def add(self, proposition: Proposition, author: str, cause: str) -> Proposition:
        """Keep a new proposition with its first Revision; return it with its id."""
        now = self._now()
        proposition = dataclasses.replace(proposition, version=1)
        with self._sql.transaction():
            columns = to_columns(proposition, now)
            id = self._sql.insert("propositions", columns)
            self._revisions.add(id, author, cause, {}, to_json(_fields(proposition)), now)
            self._believed.note(id, now)
            self._vectors.renew(id)
        return self.get(id)

    def get(self, id: int) -> Proposition:
        """Return one proposition.  Raises NotFoundError."""
        found = self._sql.record(from_row, "SELECT * FROM propositions WHERE id=?", (id,))
        if found is None:
            raise NotFoundError(f"There is no proposition {id}.")
        return found

    def many(self, ids: Sequence[int], as_of: datetime | None = None) -> dict[int, Proposition]:
        """Return those of the ids that exist, by id; with `as_of`, in the words and state of that instant."""
        found: dict[int, Proposition] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            sql = f"SELECT * FROM propositions WHERE id IN ({marks(part)})"  # noqa: S608
            found |= {one.id: one for one in self._sql.records(from_row, sql, part)}
        if as_of is not None:
            for id, fields in self._revisions.before(list(found), as_of).items():
                found[id] = dataclasses.replace(found[id], **from_json(fields))
            for id, belief in self._believed.at(list(found), as_of).items():
                found[id] = dataclasses.replace(found[id], **belief)
        return found

    def ids(self) -> Sequence[int]:
        """Return the ids of all, in the order they were made."""
        return [int(row[0]) for row in self._sql.rows("SELECT id FROM propositions ORDER BY id")]

    def count(self, query: PropositionQuery = _EVERY) -> int:
        """Return how many propositions a query chooses, its limit and offset aside."""
        condition, values = self._chosen(query)
        return int(self._sql.value(f"SELECT count(*) FROM propositions p WHERE {condition}", values))  # noqa: S608

    def raw_tenths(self) -> dict[int, int]:
        """Return how many propositions there are in each tenth of the probabilities before calibration, 0 to 9.

        Those that the person has decided on are left out.
        """
        return {int(row["tenth"]): int(row["number"]) for row in self._sql.rows(TENTHS, ())}

    def engines(self) -> Sequence[str]:
        """Return the engines and versions that made a proposition, by name."""
        rows = self._sql.rows("SELECT DISTINCT engine FROM propositions WHERE engine!='' ORDER BY 1", ())
        return [row["engine"] for row in rows]

    def by_claim(self, predicate: str, object: str | None = None) -> list[Proposition]:
        """Return the propositions that make this claim, in the order they were made."""
        sql = "SELECT * FROM propositions WHERE claim_predicate=?1 AND (?2 IS NULL OR claim_object=?2) ORDER BY id"
        return self._sql.records(from_row, sql, (predicate, object))

    def by_object(self, object: str) -> Sequence[Proposition]:
        """Return the propositions that claim anything of this object, the most probable first."""
        sql = "SELECT * FROM propositions WHERE claim_object=? ORDER BY probability DESC, id LIMIT 50"
        return self._sql.records(from_row, sql, (object,))

    def update(self, id: int, changes: Mapping[str, Any], author: str, cause: str) -> Proposition:
        """Change fields of a proposition and keep the change as a Revision; nothing happens when all are equal.

        Raises NotFoundError, and ConflictError for an unknown field.
        """
        with self._sql.transaction():
            return self._change(self.get(id), to_json(changes), author, cause)

    def set_probability(
        self,
        id: int,
        probability: float,
        raw: float,
        status: Status | None = None,
        trust: Trust | None = None,
        last_supported: datetime | None = None,
    ) -> None:
        """Write a recomputed probability and what follows from it; that is no change by anyone, so no Revision.

        Raises NotFoundError, and ConflictError when a probability is outside 0 to 1.
        """
        fields: dict[str, Any] = {"probability": probability, "raw_probability": raw}
        if status is not None:
            fields["status"] = str(status)
        if trust is not None:
            fields["trust"] = str(trust)
        if last_supported is not None:
            fields["last_supported"] = clock.to_text(last_supported)
        with self._sql.transaction():
            if not self._sql.update("propositions", id, fields):
                raise NotFoundError(f"There is no proposition {id}.")
            self._believed.note(id, self._now())

    def evidence(self, id: int) -> list[Evidence]:
        """Return the evidence of a proposition, oldest first."""
        return self._evidence.of(id)

    def add_evidence(self, evidence: Sequence[Evidence]) -> int:
        """Keep evidence and return how many were new; an exact repeat is ignored.

        Raises ConflictError when a record they name is absent.
        """
        return self._evidence.add(evidence)

    def revisions(self, id: int) -> list[Revision]:
        """Return the history of a proposition, the first change first."""
        return self._revisions.of(id)

    def standing(self, id: int) -> Sequence[Revision]:
        """Return the changes of a proposition that can be undone, the first change first."""
        return self._revisions.standing(id)

    def undo(self, id: int, author: str, seq: int | None = None) -> Proposition:
        """Take back a change that still stands, the last one when none is named, by a new Revision.

        What later changes set stays as they set it.  Raises NotFoundError, and ConflictError when there is no such
        change to take back.
        """
        with self._sql.transaction():
            proposition = self.get(id)
            found = [one for one in self._revisions.standing(id) if seq in (None, one.seq)]
            if not found:
                named = "no change" if seq is None else f"no change {seq}"
                raise ConflictError(f"Proposition {id} has {named} that can be undone.")
            revision = found[-1]
            self._revisions.mark_undone(revision.id)
            told = self._revisions.told(id)
            before = {name: told[name] for name in revision.new}
            return self._change(proposition, before, author, f"undo of change {revision.seq}", undone=True)

    def nearest(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the `k` propositions nearest in meaning, with their cosine, the nearest first.

        Every status is included.  Propositions are compared once `index.flush()` has made their vectors.
        Empty when there is no embedder.  Raises EmbedderError.
        """
        return self._vectors.nearest(text, k)

    def _change(
        self, proposition: Proposition, values: dict[str, Any], author: str, cause: str, undone: bool = False
    ) -> Proposition:
        present = to_json(_fields(proposition))
        new = {name: value for name, value in values.items() if present[name] != value}
        if not new and not undone:
            return proposition
        now = self._now()
        changed = dataclasses.replace(proposition, **from_json(new), version=proposition.version + 1)
        self._sql.update("propositions", proposition.id, to_columns(changed, now))
        self._believed.note(proposition.id, now)
        old = {name: present[name] for name in new}
        self._revisions.add(proposition.id, author, cause, old, new, now, undone)
        if "text" in new:
            self._vectors.renew(proposition.id)
        return changed

    def _chosen(self, query: PropositionQuery) -> tuple[str, list[Any]]:
        condition, values = conditions(query)
        if query.text.strip():
            condition += " AND p.id IN (SELECT rowid FROM propositions_fts WHERE propositions_fts MATCH ?)"
            values.append(all_words(query.text))
        return condition, values

    def list(self, query: PropositionQuery = _EVERY) -> list[Proposition]:
        """Return the propositions that a query chooses, in its order.  Raises NotFoundError for an unknown sort."""
        condition, values = self._chosen(query)
        behind, place = query.behind()
        rows = self._sql.rows(
            f"SELECT p.id FROM propositions p WHERE {condition} AND {behind} {query.order()} LIMIT ? OFFSET ?",  # noqa: S608
            [*values, *place, -1 if query.limit is None else query.limit, query.offset],
        )
        ids = [row["id"] for row in rows]
        found = self.many(ids, query.as_of)
        return [found[id] for id in ids]


def _fields(proposition: Proposition) -> dict[str, Any]:
    names = (field.name for field in dataclasses.fields(proposition))
    return {name: getattr(proposition, name) for name in names if name not in ("id", "version")}
