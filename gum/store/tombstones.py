"""Tombstones: what the person never wants inferred again."""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from gum import clock
from gum.errors import NotFoundError
from gum.records import Claim
from gum.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A text, and the claim behind it where it has one; it stays until the person removes it."""

    id: int
    text: str
    claim: Claim | None
    proposition: int | None
    at: datetime


class Tombstones:
    """The tombstones of a store, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, text: str, claim: Claim | None, proposition: int | None, at: datetime) -> Tombstone:
        """Keep a tombstone."""
        fields = {
            "text": text,
            "claim_predicate": None if claim is None else claim.predicate,
            "claim_object": None if claim is None else claim.object,
            "proposition": proposition,
            "at": clock.to_text(at),
        }
        id = self._sql.insert("tombstones", fields)
        return next(stone for stone in self.list() if stone.id == id)

    def list(self) -> list[Tombstone]:
        """Return every tombstone; their claims carry no qualifier."""
        return self._sql.records(_tombstone, "SELECT * FROM tombstones ORDER BY id")

    def remove(self, id: int) -> None:
        """Remove a tombstone.  Raises NotFoundError."""
        if not self._sql.write("DELETE FROM tombstones WHERE id=?", (id,)):
            raise NotFoundError(f"There is no tombstone {id}.")

    def covers(self, text: str, claim: Claim | None) -> bool:
        """Tell whether a tombstone speaks of this: the same claim about the same thing, or the same words."""
        words, subject = _words(text), _subject(claim)
        return any(
            _words(stone.text) == words or (subject is not None and subject == _subject(stone.claim))
            for stone in self.list()
        )


def _tombstone(row: sqlite3.Row) -> Tombstone:
    claim = None if row["claim_predicate"] is None else Claim(row["claim_predicate"], row["claim_object"])
    return Tombstone(row["id"], row["text"], claim, row["proposition"], clock.from_text(row["at"]))


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".")


def _subject(claim: Claim | None) -> tuple[str, str] | None:
    return None if claim is None else (claim.predicate, _words(claim.object))
