"""`python -m bench.filled FOLDER [COUNT]`: a home with so many generated beliefs, written as rows, in seconds.

Each belief has one quote of evidence and its first revision, as an engine would have left them; kinds, lifetimes,
probabilities and times are spread.  There are no vectors, so that a search there is one by words.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.searching.corpus import Statement, statements
from gum import clock
from gum.infer.rescore import rescore
from gum.paths import Home
from gum.records import Durability, Episode, Kind, Observation, Proposition, Status, Theme, Trust
from gum.store import Store
from gum.store.proposition_rows import to_columns

COUNT = 100_000
ENGINE = "statistical/1"
TEXT = "The words that were read on the screen."


def fill(home: Home, count: int = COUNT) -> None:
    """Make a home and fill it."""
    now = datetime.now(UTC)
    with Store.open(home) as store:
        observation, episode = _seen(store, now)
    with sqlite3.connect(home.database) as database:
        made = (_proposition(one, number, now) for number, one in enumerate(statements(count)))
        _insert(database, "propositions", ({"id": id, **to_columns(one, now)} for id, one in enumerate(made, 1)))
        _insert(database, "evidence", (_evidence(id, observation, episode, now) for id in range(1, count + 1)))
        _insert(database, "revisions", (_revision(id, now) for id in range(1, count + 1)))
    database.close()


def support(home: Home) -> None:
    """Give every proposition one quote of evidence of this hour, so that a running daemon goes on believing it."""
    now = datetime.now(UTC)
    with Store.open(home) as store:
        observation, episode = _seen(store, now)
    with sqlite3.connect(home.database) as database:
        database.execute("UPDATE evidence SET at=?", (clock.to_text(now),))
        lacking = "SELECT id FROM propositions WHERE id NOT IN (SELECT proposition FROM evidence)"
        ids = [id for (id,) in database.execute(lacking)]
        if ids:
            _insert(database, "evidence", (_evidence(id, observation, episode, now, 1 + id % 20 / 10) for id in ids))
    database.close()
    with Store.open(home) as store:
        rescore(store, now)


def _seen(store: Store, now: datetime) -> tuple[int, int]:
    """Keep one observation in one episode, and return their ids."""
    seen = Observation("screen", "screen", now - timedelta(hours=1), now, "Mousepad", "notes.md", text=TEXT)
    kept = store.observations.add(seen)
    spent = Episode(seen.captured_at, now, "Mousepad", "notes.md", "", 3600.0, 900, 40, observations=(kept.id,))
    return kept.id, store.episodes.add(spent).id


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    ordered = iter(rows)
    first = next(ordered)
    sql = f"INSERT INTO {table}({', '.join(first)}) VALUES({', '.join(f':{name}' for name in first)})"
    database.executemany(sql, _with(first, ordered))


def _with(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _proposition(one: Statement, number: int, now: datetime) -> Proposition:
    last = now - timedelta(minutes=number * 7919 % 500_000)
    likely = 0.05 + 0.9 * (number * 7919 % 1000) / 1000
    return Proposition(
        one.text,
        one.reasoning,
        _nth(tuple(Kind), number),
        _nth(tuple(Durability), number // 3),
        _nth(tuple(Theme), number // 5),
        Status.ACTIVE if likely > 0.3 else Status.CANDIDATE,
        likely,
        likely,
        _nth((Trust.TYPED, Trust.SCREEN, Trust.DOCUMENT), number // 7),
        last - timedelta(days=1),
        last,
        ENGINE,
    )


def _nth(values: Sequence[Any], number: int) -> Any:
    return values[number % len(values)]


def _evidence(id: int, observation: int, episode: int, now: datetime, weight: float = 1.0) -> dict[str, Any]:
    return {
        "proposition": id,
        "observation": observation,
        "episode": episode,
        "stance": "for",
        "quote": TEXT,
        "weight": weight,
        "trust": "screen",
        "at": clock.to_text(now),
        "engine": ENGINE,
    }


def _revision(id: int, now: datetime) -> dict[str, Any]:
    fields = {"proposition": id, "seq": 1, "author": ENGINE, "cause": "inferred from an episode", "old": "{}"}
    return fields | {"new": "{}", "at": clock.to_text(now)}


if __name__ == "__main__":
    fill(Home(Path(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)
