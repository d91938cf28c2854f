"""Which records an answer tells of, by the fields that only those have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

#: A kind of record and a field that tells it beside its id, the first that fits; a notification is an observation.
MARKS = (
    ("propositions", "likelihood"),
    ("observations", "captured_at"),
    ("observations", "rank"),
    ("episodes", "dwell_s"),
    ("audit decisions", "answerable"),
    ("suggestions", "decision"),
    ("questions", "asked_at"),
    ("forgettings", "erase_at"),
)


def records(body: bytes) -> dict[str, list[int]]:
    """Return the ids of the records in a JSON answer, by kind; nothing for what is no JSON."""
    found: dict[str, list[int]] = {}
    try:
        value = json.loads(body)
    except ValueError:
        return found
    for one in _objects(value):
        kind = next((kind for kind, mark in MARKS if mark in one), None)
        if kind and isinstance(one.get("id"), int):
            found.setdefault(kind, []).append(one["id"])
        elif "quote" in one and isinstance(one.get("observation"), int):
            found.setdefault("observations", []).append(one["observation"])
    return found


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
