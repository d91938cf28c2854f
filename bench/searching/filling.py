"""A store of so many generated propositions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.searching.corpus import PartsEmbedder, Statement
from gum import paths, plugins
from gum.errors import EmbedderError
from gum.paths import Home
from gum.protocols import Embedder
from gum.records import Durability, Kind, Proposition, Status, Theme, Trust
from gum.store import Store

START = datetime(2026, 1, 1, tzinfo=UTC)
_TOGETHER = 1000


def embedder() -> Embedder | None:
    """Return the built-in embedder of the home in force, None where it is not set up."""
    try:
        made: Embedder = plugins.load("gum.embedders", "minilm")(paths.home().models / "minilm")
    except EmbedderError:
        return None
    return made


@contextmanager
def filled(folder: Path, said: list[Statement], real: Embedder | None) -> Iterator[Store]:
    """Yield the store of these statements below a folder, filled when it is new, its index up to date."""
    home = Home(folder / str(len(said)))
    new = not home.database.exists()
    with Store.open(home, embedder=PartsEmbedder(real, said) if real else None) as store:
        if new:
            _fill(store, said)
        store.index.flush()
        yield store


def _fill(store: Store, said: list[Statement]) -> None:
    for first in range(0, len(said), _TOGETHER):
        with store.transaction():
            for number, one in enumerate(said[first : first + _TOGETHER], first):
                store.propositions.add(proposition(one, number), author="bench", cause="bench")


def proposition(one: Statement, number: int = 0) -> Proposition:
    """Return the proposition of a statement; the later ones were seen later."""
    at = START + timedelta(seconds=30 * number)
    likely = 0.3 + 0.6 * (number * 7919 % 100) / 100
    return Proposition(
        one.text, one.reasoning, Kind.ACTIVITY, Durability.PROJECT, Theme.WORK, Status.ACTIVE, likely, likely,
        Trust.DOCUMENT, at, at, "bench",
    )  # fmt: skip
