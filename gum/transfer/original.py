"""The database of the original GUM: its observations as texts, its propositions as candidates.

Its times are UTC without saying so.  Its confidence, 1 to 10, becomes the strength of the evidence; its decay, 1 to 10
for how long a statement holds, the durability.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.records import Durability
from gum.wire import ImportIn, ObservationIn, StatementIn

_TABLES = {"observations", "propositions", "observation_proposition"}
_NAME = re.compile(r"[^\w.:-]+")
_LONGEST = (Durability.MOMENT, Durability.TASK, Durability.PROJECT, Durability.PHASE, Durability.TRAIT)
_UNSAID = 5


def is_original(path: Path) -> bool:
    """Return whether a file begins as a SQLite database does."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def read(path: Path) -> ImportIn:
    """Return what a gum.db holds.  Raises RecordingError for a file that is damaged or another program's."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            if not {str(row[0]) for row in database.execute("SELECT name FROM sqlite_master")} >= _TABLES:
                raise RecordingError(f"{path} is no database of the original GUM: it lacks its tables.")
            seen = {row["id"]: _observation(row) for row in database.execute("SELECT * FROM observations ORDER BY id")}
            rests: dict[int, list[str]] = {}
            for row in database.execute("SELECT observation_id, proposition_id FROM observation_proposition"):
                if row["observation_id"] in seen:
                    rests.setdefault(row["proposition_id"], []).append(seen[row["observation_id"]].source)
            stated = [
                _statement(row, rests.get(row["id"], []))
                for row in database.execute("SELECT * FROM propositions ORDER BY id")
                if str(row["text"] or "").strip()
            ]
    except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError, IndexError) as error:
        raise RecordingError(f"{path} cannot be read as a database of the original GUM ({error}).") from error
    unique = {one.source: one for one in seen.values() if one.text.strip()}
    return ImportIn.model_construct(by="original-gum", observations=list(unique.values()), propositions=stated)


def _observation(row: sqlite3.Row) -> ObservationIn:
    text, at = str(row["content"] or ""), _utc(row["created_at"])
    digest = hashlib.sha256(f"{at.isoformat()}\0{text}".encode("utf-8", "replace")).hexdigest()[:24]
    name = _NAME.sub("-", str(row["observer_name"] or "")).strip("-") or "observer"
    return ObservationIn(
        observer=f"gum:{name}"[:100],
        kind="text",
        captured_at=at,
        text=text[:1_000_000],
        source=f"original-gum:{digest}",
    )


def _statement(row: sqlite3.Row, sources: list[str]) -> StatementIn:
    holds = _scale(row["decay"])
    return StatementIn(
        text=" ".join(str(row["text"]).split())[:2000],
        reasoning=str(row["reasoning"] or "")[:20_000],
        strength=_scale(row["confidence"]),
        durability=_LONGEST[(holds - 1) // 2],
        at=_utc(row["created_at"]),
        sources=sources,
    )


def _scale(value: Any) -> int:
    return _UNSAID if value is None else min(10, max(1, int(value)))


def _utc(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
