"""`python -m bench.api [--sizes 10000,100000] [--folder KEPT]`: the API's answers a second and how late they are.

A daemon of its own runs on a store of generated propositions, each with evidence of this hour; a sensor sends it five
texts a second throughout.  With `--folder` the filled stores are kept there and used again, as by `bench.searching`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import itertools
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from bench import filled, machine
from bench.searching import filling
from bench.searching.corpus import questions, statements
from bench.settling import processor, settle
from gum import paths
from gum.client import CaptureIn, Client
from gum.daemon.lifecycle import connect
from gum.errors import GumError
from gum.paths import Home

SECONDS = 8.0
TEXTS_PER_S = 5.0
AT_ONE_TIME = (1, 8)
START_S = 180.0


@dataclass(frozen=True)
class Answers:
    """How many answers came in a time, how long each took in milliseconds, and the daemon's processor time."""

    seconds: float
    ms: Sequence[float]
    processor_s: float

    def sentence(self) -> str:
        half, late = np.percentile(self.ms, [50, 99])
        processor = self.processor_s * 1000 / len(self.ms)
        rate = len(self.ms) / self.seconds
        return f"{rate:.0f}/s, p50 {half:.1f} ms, p99 {late:.1f} ms, processor {processor:.1f} ms an answer"


def measure(client: Client, words: Sequence[str], daemon: psutil.Process) -> Iterator[tuple[str, Answers]]:
    """Ask each question for some seconds, by one asker and by several."""
    text = itertools.cycle(words)
    calls: dict[str, Callable[[], object]] = {
        "status": client.status,
        "search": lambda: client.search(next(text)),
        "context": lambda: client.context(next(text)),
    }
    for name, call in calls.items():
        for askers in AT_ONE_TIME:
            yield f"{name}, {askers} at one time", _asked(call, askers, daemon)


def _asked(call: Callable[[], object], askers: int, daemon: psutil.Process) -> Answers:
    call()
    before = processor(daemon)
    end = time.perf_counter() + SECONDS

    def ask() -> list[float]:
        took = []
        while (begun := time.perf_counter()) < end:
            call()
            took.append((time.perf_counter() - begun) * 1000)
        return took

    begun = time.perf_counter()
    with ThreadPoolExecutor(askers) as pool:
        found = [ms for one in [pool.submit(ask) for _ in range(askers)] for ms in one.result()]
    return Answers(time.perf_counter() - begun, found, processor(daemon) - before)


@contextmanager
def _served(home: Home) -> Iterator[tuple[Client, psutil.Process]]:
    """Run a daemon without observers on a home."""
    home.config.write_text('[capture]\nobservers = []\n[infer]\nreader = "tesseract"\n')
    own = paths.home().models / "minilm"
    if own.exists() and not (home.models / "minilm").exists():
        (home.models / "minilm").symlink_to(own)
    environment = os.environ | {"GUM_HOME": str(home.root)}
    daemon = subprocess.Popen([sys.executable, "-m", "gum.daemon"], env=environment, stderr=subprocess.DEVNULL)
    try:
        with _answering(home) as client:
            yield client, psutil.Process(daemon.pid)
    finally:
        daemon.terminate()
        daemon.wait(30)


def _answering(home: Home) -> Client:
    deadline = time.monotonic() + START_S
    while True:
        try:
            client = connect(home)
            client.status()
        except GumError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return client


@contextmanager
def _ingesting(client: Client) -> Iterator[list[int]]:
    """Send texts at a steady rate until the end of the block."""
    stop, sent = threading.Event(), [0]

    def send() -> None:
        while not stop.wait(1 / TEXTS_PER_S):
            sent[0] += 1
            text = f"Reading {sent[0]} of the gauge is {sent[0] * 37 % 101}"
            client.add_observation(CaptureIn(observer="bench", title=f"Gauge {sent[0] // 20}", text=text))

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield sent
    finally:
        stop.set()
        thread.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(machine.sentence())
    real = filling.embedder()
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            folder = given.folder or Path(scratch)
            with filling.filled(folder, statements(size), real):
                pass
            home = Home(folder / str(size))
            filled.support(home)
            words = questions(200, 5)
            with _served(home) as (client, daemon):
                settle(daemon)
                _measured(size, client, words, daemon)


def _measured(size: int, client: Client, words: Sequence[str], daemon: psutil.Process) -> None:
    """Measure one size, and print each line as it comes."""
    with _ingesting(client) as sent:
        hits = sum(len(client.search(one)) for one in words[:20]) / 20
        print(f"{size:,} propositions, {hits:.1f} hits a search", flush=True)
        for what, answers in measure(client, words, daemon):
            print(f"{size:,} propositions, {what:<26} {answers.sentence()}", flush=True)
        print(f"{size:,} propositions, {sent[0]} texts ingested beside", flush=True)


if __name__ == "__main__":
    main()
