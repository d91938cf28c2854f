"""Search over generated propositions, the query's embedding included."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from gum import paths, plugins
from gum.errors import EmbedderError
from gum.paths import Home
from gum.protocols import Embedder
from gum.records import Durability, Kind, Proposition, Status, Theme, Trust
from gum.store import Store
from gum.store.search.search import SearchQuery

SIZES = (1_000, 10_000)
QUERIES = 60
VERBS = "writes plans repairs reviews studies orders compares sketches measures translates".split()
THINGS = "harbour lamp ferry timetable garden roof choir recipe atlas museum ledger bridge kiln orchard radio".split()
PLACES = "with Birgit,for the spring fair,in the evening,before lunch,at the workshop,on the train".split(",")


def rows() -> list[tuple[str, str]]:
    """Return one row for each size and length of query."""
    embedder = _embedder()
    how = "words and meaning" if embedder else "words alone"
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, Store.open(Home(Path(folder)), embedder=embedder) as store:
            _fill(store, size)
            store.index.flush()
            for label, words in (("short", 4), ("paragraph", 60)):
                low, high = _times(store, words)
                found.append(
                    (f"search, {size:,} propositions, {label}, {how}, p50 / p95", f"{low:.1f} / {high:.1f} ms")
                )
    return found


def _embedder() -> Embedder | None:
    try:
        made: Embedder = plugins.load("gum.embedders", "minilm")(paths.home().models / "minilm")
    except EmbedderError:
        return None
    return made


def _fill(store: Store, size: int) -> None:
    chosen = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with store.transaction():
        for number in range(size):
            at = start + timedelta(minutes=number)
            text = f"The user {_sentence(chosen, 1)} {number}"
            store.propositions.add(
                Proposition(
                    text, "", Kind.ACTIVITY, Durability.PROJECT, Theme.WORK, Status.ACTIVE, 0.7, 0.7,
                    Trust.DOCUMENT, at, at, "bench",
                ),
                author="bench",
                cause="bench",
            )  # fmt: skip


def _sentence(chosen: random.Random, words: int) -> str:
    pieces = [f"{chosen.choice(VERBS)} the {chosen.choice(THINGS)} {chosen.choice(PLACES)}" for _ in range(words)]
    return " and ".join(pieces)


def _times(store: Store, words: int) -> tuple[float, float]:
    chosen = random.Random(words)
    taken = []
    for _ in range(QUERIES):
        text = " ".join(_sentence(chosen, 1 + words // 8).split()[:words])
        begun = time.perf_counter()
        store.search(SearchQuery(text))
        taken.append((time.perf_counter() - begun) * 1000)
    low, high = np.percentile(taken, [50, 95])
    return float(low), float(high)
