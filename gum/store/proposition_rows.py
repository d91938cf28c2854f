"""Propositions as rows, and their fields as the JSON of a revision."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from gum import clock
from gum.errors import ConflictError, nearest
from gum.records import Claim, Durability, Kind, Proposition, Status, Theme, Trust
from gum.store.search.bigrams import indexed

_ENUMS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "durability": Durability,
    "theme": Theme,
    "status": Status,
    "trust": Trust,
}
_TIMES = ("first_seen", "last_supported", "valid_from", "valid_to")
_FLAGS = ("pinned", "edited")
CHANGEABLE = tuple(field.name for field in dataclasses.fields(Proposition) if field.name not in ("id", "version"))


def to_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of a proposition as JSON-able values.  Raises ConflictError for an unknown field."""
    for name in fields:
        if name not in CHANGEABLE:
            raise ConflictError(f"A proposition has no field {name!r} to change.{nearest(name, CHANGEABLE)}")
    return {name: _plain(value) for name, value in fields.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `to_json` was given."""
    fields = dict(values)
    for name, enum in _ENUMS.items():
        if name in fields:
            fields[name] = enum(fields[name])
    for name in _TIMES:
        if fields.get(name) is not None:
            fields[name] = clock.from_text(fields[name])
    if fields.get("claim") is not None:
        fields["claim"] = Claim(**fields["claim"])
    return fields


def to_columns(proposition: Proposition, now: datetime) -> dict[str, Any]:
    """Return the columns of a proposition, without its id."""
    columns = to_json({name: getattr(proposition, name) for name in CHANGEABLE})
    claim = columns.pop("claim") or {"predicate": None, "object": None, "qualifier": None}
    columns |= {f"claim_{name}": value for name, value in claim.items()}
    columns |= {name: int(columns[name]) for name in _FLAGS}
    columns["version"] = proposition.version
    columns["bigrams"] = indexed(proposition.text, proposition.reasoning)
    columns["updated_at"] = clock.to_text(now)
    return columns


def from_row(row: sqlite3.Row) -> Proposition:
    """Return the proposition of a row."""
    fields = {name: row[name] for name in CHANGEABLE if name != "claim"}
    fields |= {name: bool(row[name]) for name in _FLAGS}
    if row["claim_predicate"] is not None:
        fields["claim"] = {
            "predicate": row["claim_predicate"],
            "object": row["claim_object"],
            "qualifier": row["claim_qualifier"],
        }
    return Proposition(id=row["id"], version=row["version"], **from_json(fields))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.to_text(value)
    if isinstance(value, Claim):
        return dataclasses.asdict(value)
    return str(value) if isinstance(value, StrEnum) else value
