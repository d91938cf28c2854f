"""Labelled traces: lines of JSON, each the events so far of a trace and whether the person needed help then.

A trace is known by its first event; each distinct row of events counts once (ProactiveBench, thunlp/ProactiveAgent).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.suggest.need.estimate import Row
from gum.suggest.need.features import features
from gum.suggest.need.steps import read


def load(file: Path) -> list[Row]:
    """Return the rows of a file, plain or gzip-compressed.  Raises RecordingError that names the line."""
    found: dict[str, Row] = {}
    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            events, needed = _row(file, number, line)
            found.setdefault(_mark(events), _labelled(events, needed))
    if not found:
        raise RecordingError(f"{file} holds no rows; each line must hold 'obs' and 'help_needed'.")
    return list(found.values())


def _lines(file: Path) -> list[str]:
    try:
        raw = file.read_bytes()
        text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        return text.decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise RecordingError(f"{file} cannot be read as lines of JSON, plain or gzip-compressed.") from error


def _row(file: Path, number: int, line: str) -> tuple[list[dict[str, Any]], bool]:
    try:
        kept = json.loads(line)
        events, needed = kept["obs"], kept["help_needed"]
        if events and all(isinstance(one["event"], str) for one in events) and isinstance(needed, bool):
            return events, needed
    except (ValueError, KeyError, TypeError):
        pass
    raise RecordingError(f"Line {number} of {file} must hold 'obs' (a list of time and event) and 'help_needed'.")


def _labelled(events: Sequence[dict[str, Any]], needed: bool) -> Row:
    values = features([read(one["event"]) for one in events])
    return Row(_mark(events[:1]), tuple(values), needed)


def _mark(events: Sequence[dict[str, Any]]) -> str:
    told = "\n".join(f"{one.get('time', '')}\t{one['event']}" for one in events)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]
