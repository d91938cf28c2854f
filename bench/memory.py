"""`python -m bench.memory [--count 10000]`: memory of the daemon itself and of its processes, with so many beliefs.

A real daemon reads real windows and is searched by meaning; then nothing happens until reader and embedder have ended.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import machine
from bench.live import ROUND, SCENARIO, _environment
from bench.searching import filling
from bench.searching.corpus import questions, statements
from gum import paths
from gum.client import Client
from gum.daemon import lifecycle
from gum.paths import Home
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario

IDLE_S = 5.0
SEARCHES = 200


class Watched:
    """The most memory that the daemon and each of its processes held, in MB, and how late the first search was."""

    def __init__(self, pid: int, client: Client) -> None:
        self._daemon, self._client = psutil.Process(pid), client
        self.peaks: dict[str, float] = {}

    def look(self) -> dict[str, float]:
        """Return what each holds now."""
        now = {"daemon": self._daemon.memory_info().rss / 2**20}
        now |= {one.part: one.memory_bytes / 2**20 for one in self._client.status().workers}
        self.peaks = {part: max(held, self.peaks.get(part, 0.0)) for part, held in now.items()}
        return now


def measure(count: int) -> Iterator[tuple[str, str]]:
    """Yield what was measured at each point."""
    with _home(count) as home, _session(home) as session:
        with _environment(session.env):
            owner = lifecycle.start(home)
        try:
            with lifecycle.connect(home) as client:
                watched = Watched(owner.pid, client)
                time.sleep(5)
                yield "started", _sentence(watched.look())
                session.play()
                yield "after reading real windows", _sentence(watched.look())
                begun = time.monotonic()
                for question in questions(SEARCHES, 5):
                    client.search(question)
                yield f"{SEARCHES} searches by meaning", f"{(time.monotonic() - begun) / SEARCHES * 1000:.0f} ms each"
                yield "after searching", _sentence(watched.look())
                yield "most of each", _sentence(watched.peaks)
                time.sleep(IDLE_S * 3)
                yield "reader and embedder at rest", _sentence(watched.look())
                begun = time.monotonic()
                client.search("tea in the morning")
                yield "first search after a rest", f"{(time.monotonic() - begun) * 1000:.0f} ms"
        finally:
            lifecycle.stop(home)


def _sentence(held: dict[str, float]) -> str:
    return ", ".join(f"{part} {mb:.0f} MB" for part, mb in held.items())


@contextmanager
def _home(count: int) -> Iterator[Home]:
    with tempfile.TemporaryDirectory() as folder:
        with filling.filled(Path(folder), statements(count), filling.embedder()):
            pass
        home = Home(Path(folder) / str(count))
        if not (home.models / "minilm").exists() and (own := paths.home().models / "minilm").exists():
            (home.models / "minilm").symlink_to(own)
        home.config.write_text(f"[capture]\nidle_s = 5\n[infer]\nidle_unload_s = {IDLE_S}\n")
        yield home


@contextmanager
def _session(home: Home) -> Iterator[Session]:
    scenario = Scenario.model_validate({**SCENARIO, "steps": ROUND * 3})
    with Session(scenario, home.root.parent / "out") as session:
        session.open_applications()
        yield session


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--count", type=int, default=10_000)
    given = asked.parse_args()
    print(machine.sentence())
    for what, measured in measure(given.count):
        print(f"{what:<30} {measured}", flush=True)


if __name__ == "__main__":
    main()
