"""What encryption costs, as ratios of an encrypted store to a plain one on the same work."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gum.paths import Home
from gum.records import Durability, Kind, Observation, Proposition, Status, Theme, Trust
from gum.store import SearchQuery, Store
from gum.store.encryption import conversion
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock

ROWS = 2_000
FRAME = 120_000
ROUNDS = 5
START = datetime(2026, 1, 1, tzinfo=UTC)


def rows() -> list[tuple[str, str]]:
    """Return one row for each kind of work, and what encrypting an existing store takes."""
    with tempfile.TemporaryDirectory() as folder:
        plain, sealed = Home(Path(folder) / "plain"), Home(Path(folder) / "sealed")
        for home in (plain, sealed):
            Store.open(home).close()
        with OwnerLock(sealed):
            conversion.encrypt(sealed, FileHolder.new(Path(folder) / "key"))
        measured = {name: (_measure(plain, work), _measure(sealed, work)) for name, work in WORKS.items()}
        found = [(f"encryption: {name}", f"x {after / before:.2f}") for name, (before, after) in measured.items()]
        found.append(("encryption: size of the database", f"x {_size(sealed) / _size(plain):.2f}"))
        begun = time.perf_counter()
        with OwnerLock(plain):
            done = conversion.encrypt(plain, FileHolder.new(Path(folder) / "second"))
        took = time.perf_counter() - begun
        found.append((f"gumctl encrypt, {done.database_bytes / 1e6:.0f} MB and {done.frames} frames", f"{took:.1f} s"))
    return found


def _measure(home: Home, work: Callable[[Store, int], None]) -> float:
    """Return the least seconds of processor time that a round took; other work on the machine only adds."""
    with Store.open(home) as store:
        taken = []
        for number in range(ROUNDS):
            begun = time.process_time()
            work(store, number)
            taken.append(time.process_time() - begun)
    return min(taken)


def _observe(store: Store, number: int) -> None:
    """Commit observations with a page of text, one by one as the daemon does."""
    for one in range(ROWS // ROUNDS // 4):
        at = START + timedelta(seconds=number * ROWS + one)
        store.observations.add(Observation("bench", "screen", at, at, app="Editor", text=f"{one} harbour " * 130))


def _keep_frames(store: Store, number: int) -> None:
    for one in range(40):
        at = START + timedelta(seconds=number * ROWS + one)
        store.observations.add(Observation("bench", "screen", at, at, text="x"), frame=os.urandom(FRAME))


def _show_frames(store: Store, number: int) -> None:  # noqa: ARG001
    for one in store.observations.between(None, None):
        if one.frame:
            store.frames.get(one.frame)


def _believe(store: Store, number: int) -> None:
    with store.transaction():
        for one in range(ROWS // ROUNDS):
            at = START + timedelta(minutes=one)
            text = f"The user {'plans repairs orders paints'.split()[one % 4]} harbour lamp {number} {one}"
            store.propositions.add(
                Proposition(
                    text, "", Kind.ACTIVITY, Durability.PROJECT, Theme.WORK, Status.ACTIVE, 0.7, 0.7,
                    Trust.DOCUMENT, at, at, "bench",
                ),
                "bench",
                "bench",
            )  # fmt: skip


def _search(store: Store, number: int) -> None:
    for one in range(40):
        store.search(SearchQuery(f"orders the lamp {number} {one}"))


def _read(store: Store, number: int) -> None:  # noqa: ARG001
    store.observations.between(None, None)


WORKS: dict[str, Callable[[Store, int], None]] = {
    "commit an observation": _observe,
    "keep a frame": _keep_frames,
    "show a frame": _show_frames,
    "add propositions": _believe,
    "search by words": _search,
    "read every observation": _read,
}


def _size(home: Home) -> int:
    return home.database.stat().st_size


if __name__ == "__main__":
    for what, value in rows():
        print(f"| {what} | {value} |")
