"""Times of one query, its embedding included, and of keeping one draft; wall and processor time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from bench.searching.corpus import Statement, questions, statements
from bench.searching.filling import START, filled, proposition
from bench.searching.original import Original
from gum.infer.quotes import verified
from gum.infer.relate import neighbours
from gum.protocols import Embedder
from gum.records import Draft, Durability, Kind, Observation, Quote, Theme
from gum.store import SearchQuery, Store
from gum.store.search.words import STOP_WORDS, tokens

Matrix = NDArray[np.float32]
Way = Callable[[str], object]

LENGTHS = {"short": 5, "paragraph": 60}
LIMIT = 10
ORIGINAL = "the original's way"
ROUNDS = 60
_WARM = 5
_DRAFTS = 40


@dataclass(frozen=True)
class Times:
    """Milliseconds, one for each query: on the wall and of the processor."""

    wall: Sequence[float]
    cpu: Sequence[float]

    def sentence(self) -> str:
        """Return the median and the 95th percentile of both."""
        wall, cpu = (np.percentile(times, [50, 95]) for times in (self.wall, self.cpu))
        return f"{wall[0]:.1f} / {wall[1]:.1f} ms (processor {cpu[0]:.1f} / {cpu[1]:.1f})"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str


def rows(folder: Path, size: int, real: Embedder | None) -> Iterator[Row]:
    """Measure a store of one size, way by way."""
    said = statements(size)
    before = psutil.Process().memory_info().rss
    with filled(folder, said, real) as store:
        yield from _timed_rows(size, "ours", lambda text: store.search(SearchQuery(text, limit=LIMIT)))
        grown = psutil.Process().memory_info().rss - before
        yield Row(f"{size:,}, memory of the open store and its index", f"{grown / 2**20:.0f} MB")
        for name, way in _others(store, said, real):
            yield from _timed_rows(size, name, way, ROUNDS // 4 if name == ORIGINAL else ROUNDS)
        yield Row(f"{size:,}, keeping a draft, Chroma aside", _kept(store, said).sentence())
        yield from _sizes(store, size)


def timed(way: Way, texts: Sequence[str]) -> Times:
    """Run a way on every text, after some that are not counted."""
    wall, cpu = [], []
    for text in texts:
        begun, spent = time.perf_counter(), time.process_time()
        way(text)
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return Times(wall[_WARM:], cpu[_WARM:])


def _timed_rows(size: int, name: str, way: Way, rounds: int = ROUNDS) -> Iterator[Row]:
    for label, words in LENGTHS.items():
        yield Row(f"{size:,}, {label}, {name}", timed(way, questions(rounds + _WARM, words)).sentence())


def _others(store: Store, said: Sequence[Statement], real: Embedder | None) -> Iterator[tuple[str, Way]]:
    yield "FTS5 alone", lambda text: _fts5(store, text)
    if real is not None:
        matrix = store.search._vectors.of(store.search._vectors.ids())[1]
        collection = store.index._opened()
        yield "Chroma alone", lambda text: collection.near(_vector(real, text)[None], LIMIT)
        yield "numpy, all vectors", lambda text: _brute(matrix, _vector(real, text))
    yield ORIGINAL, Original(said)


def _fts5(store: Store, text: str) -> object:
    asked = " OR ".join(f'"{word}"' for word in tokens(text) if word.lower() not in STOP_WORDS)
    sql = "SELECT rowid FROM propositions_fts WHERE propositions_fts MATCH ? ORDER BY rank LIMIT ?"
    return store._sql.rows(sql, (asked, LIMIT))


def _vector(real: Embedder, text: str) -> Matrix:
    return np.asarray(real.embed([text])[0], np.float32)


def _brute(matrix: Matrix, vector: Matrix) -> object:
    cosines = matrix @ vector
    best = np.argpartition(-cosines, LIMIT)[:LIMIT]
    return best[np.argsort(-cosines[best])]


def _kept(store: Store, said: Sequence[Statement]) -> Times:
    """Keep drafts that are new: quote found, neighbours found, row, vector and outbox committed."""
    new = statements(len(said) + _DRAFTS + _WARM)[len(said) :]
    screens = questions(len(new), 400, seed=17)
    text_of = {f"{number}": one for number, one in enumerate(new)}

    def keep(number: str) -> None:
        one = text_of[number]
        seen = Observation("screen", "screen", START, START, text=f"{screens[int(number)]} {one.text}", id=1)
        assert verified(Quote(1, one.text), {1: seen})
        draft = Draft(one.text, one.reasoning, Kind.ACTIVITY, Durability.PROJECT, Theme.WORK, (), 5)
        neighbours(store, draft)
        store.propositions.add(proposition(one), author="bench", cause="bench")
        store.search._vectors.fill()

    return timed(keep, list(text_of))


def _sizes(store: Store, size: int) -> Iterator[Row]:
    database = sum(
        path.stat().st_size for path in store.home.root.iterdir() if path.name.startswith(store.home.database.name)
    )
    index = sum(path.stat().st_size for path in store.home.index.rglob("*") if path.is_file())
    yield Row(f"{size:,}, disk: database / index", f"{database / 2**20:.0f} / {index / 2**20:.0f} MB")
    vectors = store.search._vectors
    if vectors.embedder is not None:
        yield Row(f"{size:,}, memory of the vectors compared", f"{vectors._fresh().size / 2**20:.0f} MB")


def load() -> float:
    """Return how many processes wanted a processor over the last minute."""
    return os.getloadavg()[0]
