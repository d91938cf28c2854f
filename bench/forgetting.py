"""How long forgetting takes in a store of some size, and until its bytes are gone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gum.forget.forgetting import Forgetter
from gum.forget.selection import Selection
from gum.paths import Home
from gum.records import Durability, Episode, Evidence, Kind, Observation, Proposition, Stance, Status, Theme, Trust
from gum.store import Store

SIZE = 10_000
APPS = 20
START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=60)


def rows() -> list[tuple[str, str]]:
    """Return what a preview, hiding, undoing and erasing take for a twentieth of what is kept."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Home(Path(folder) / "home"), now=lambda: NOW) as store:
        _fill(store)
        forgetter, chosen = Forgetter(store, 300.0, timedelta(hours=1), lambda: NOW), Selection(app="App 7")
        previewed = _took(lambda: forgetter.preview(chosen))
        hidden = _took(lambda: forgetter.forget(chosen))
        undone = _took(lambda: forgetter.undo(1))
        erased = _took(lambda: forgetter.forget(chosen, now=True))
    what = f"forget 1 of {APPS} applications, {SIZE:,} observations"
    return [
        (f"{what}: preview / forget / undo", f"{previewed:.1f} / {hidden:.1f} / {undone:.1f} s"),
        (f"{what}: with --now", f"{erased:.1f} s"),
    ]


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _fill(store: Store) -> None:
    with store.transaction():
        for number in range(SIZE):
            at, app = START + timedelta(minutes=number), f"App {number % APPS}"
            seen = store.observations.add(
                Observation(
                    "bench", "screen", at, at, app=app, title=f"page {number // 9}", text=f"lamp {number} " * 90
                )
            )
            if number % 10:
                continue
            episode = store.episodes.add(Episode(at, at, app, app, app, 1.0, 0, 0, (seen.id,)))
            known = store.propositions.add(
                Proposition(
                    f"The user looks at page {number}", "", Kind.ACTIVITY, Durability.PROJECT, Theme.WORK,
                    Status.ACTIVE, 0.7, 0.7, Trust.DOCUMENT, at, at, "bench",
                ),
                "bench",
                "bench",
            )  # fmt: skip
            store.propositions.add_evidence(
                [Evidence(known.id, seen.id, episode.id, Stance.FOR, "lamp", 1.0, Trust.DOCUMENT, at)]
            )


if __name__ == "__main__":
    for what, value in rows():
        print(f"| {what} | {value} |")
