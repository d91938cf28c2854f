"""Writes into the store named until it is killed; prints what was committed."""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gum.paths import Home
from gum.records import Observation
from gum.store import Store
from tests.propositions import proposition
from tests.store.conftest import BagEmbedder


def main(root: str, run: str) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    with Store.open(Home(Path(root)), embedder=BagEmbedder()) as store:
        for number in itertools.count():
            at = start + timedelta(seconds=number)
            source = f"{run}/{number}"
            seen = store.observations.add(
                Observation("screen", "screen", at, at, text=f"text {source}", source=source), frame=source.encode()
            )
            print("observation", seen.id, source, seen.frame, flush=True)
            known = store.propositions.add(
                proposition(f"The user wrote page{run}x{number} on day {number % 7}.", at=at),
                "e",
                "c",
            )
            print("proposition", known.id, known.text, sep="\t", flush=True)
            if number % 5 == 4:
                store.propositions.update(known.id, {"text": f"{known.text} Changed."}, "e", "c")
                store.index.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
