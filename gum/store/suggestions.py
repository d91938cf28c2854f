"""Suggestions: what was offered, why or why not, and what became of it."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError
from gum.records import Suggestion
from gum.store.connection import Connection, marks
from gum.store.places import Place

_JSON = ("payload", "propositions", "decision", "result", "intent")
_INSTANTS = ("expires_at", "snoozed_until")


class Suggestions:
    """The suggestions of a store, newest first; there is one for each key."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, suggestion: Suggestion) -> Suggestion | None:
        """Keep a suggestion; None when one of the same key was made before."""
        with self._sql.transaction():
            if self._sql.rows("SELECT 1 FROM suggestions WHERE key=?", (suggestion.key,)):
                return None
            id = self._sql.insert("suggestions", _fields(suggestion))
        return dataclasses.replace(suggestion, id=id)

    def get(self, id: int) -> Suggestion:
        """Return one suggestion.  Raises NotFoundError."""
        found = self._sql.record(_suggestion, "SELECT * FROM suggestions WHERE id=?", (id,))
        if found is None:
            raise NotFoundError(f"There is no suggestion {id}.")
        return found

    def list(
        self, statuses: Sequence[str] | None = None, limit: int | None = None, after: Place | None = None
    ) -> list[Suggestion]:
        """Return the suggestions of these statuses, or of every status, behind a place."""
        condition, values = after.condition("created_at", falling=True, ids_falling=True) if after else ("1", [])
        if statuses is not None:
            condition, values = f"{condition} AND status IN ({marks(statuses)})", [*values, *statuses]
        sql = f"SELECT * FROM suggestions WHERE {condition} ORDER BY created_at DESC, id DESC LIMIT ?"  # noqa: S608
        return self._sql.records(_suggestion, sql, [*values, -1 if limit is None else limit])

    def renew(self, id: int, suggestion: Suggestion) -> Suggestion:
        """Put a newly decided suggestion in the place of one that was not shown.  Raises NotFoundError."""
        if not self._sql.update("suggestions", id, _fields(suggestion)):
            raise NotFoundError(f"There is no suggestion {id}.")
        return self.get(id)

    def set_status(self, id: int, status: str, result: dict[str, Any] | None = None) -> Suggestion:
        """Say what became of a suggestion; `result` replaces what was kept of its outcome.  Raises NotFoundError."""
        fields: dict[str, Any] = {"status": status}
        if result is not None:
            fields["result"] = json.dumps(result, ensure_ascii=False)
        if not self._sql.update("suggestions", id, fields):
            raise NotFoundError(f"There is no suggestion {id}.")
        return self.get(id)

    def snooze(self, id: int, until: datetime) -> Suggestion:
        """Put a suggestion off until an instant.  Raises NotFoundError."""
        if not self._sql.update("suggestions", id, {"status": "snoozed", "snoozed_until": clock.to_text(until)}):
            raise NotFoundError(f"There is no suggestion {id}.")
        return self.get(id)

    def intend(self, id: int, files: Sequence[str]) -> None:
        """Say which files are about to be written for a suggestion, or, with none, that nothing is any more."""
        self._sql.update("suggestions", id, {"intent": json.dumps(list(files), ensure_ascii=False)})

    def unfinished(self) -> Sequence[Suggestion]:
        """Return the suggestions for which files were about to be written."""
        return self._sql.records(_suggestion, "SELECT * FROM suggestions WHERE intent != '[]' ORDER BY id")

    def shown_since(self, moment: datetime) -> int:
        """Return how many suggestions made since an instant were shown to the person."""
        found = self._sql.value(
            "SELECT count(*) FROM suggestions WHERE status != 'silent' AND created_at >= ?", (clock.to_text(moment),)
        )
        return int(found)


def _fields(suggestion: Suggestion) -> dict[str, Any]:
    fields = {field.name: getattr(suggestion, field.name) for field in dataclasses.fields(suggestion)}
    del fields["id"]
    fields |= {name: json.dumps(fields[name], ensure_ascii=False) for name in _JSON}
    fields["created_at"] = clock.to_text(suggestion.created_at)
    for name in _INSTANTS:
        fields[name] = None if fields[name] is None else clock.to_text(fields[name])
    return fields


def _suggestion(row: sqlite3.Row) -> Suggestion:
    fields = {field.name: row[field.name] for field in dataclasses.fields(Suggestion)}
    fields |= {name: json.loads(row[name]) for name in _JSON}
    fields |= {name: tuple(fields[name]) for name in ("propositions", "intent")}
    fields["created_at"] = clock.from_text(row["created_at"])
    fields |= {name: None if row[name] is None else clock.from_text(row[name]) for name in _INSTANTS}
    return Suggestion(**fields)
