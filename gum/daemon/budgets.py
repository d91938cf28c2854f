"""What the daemon may take of processor, memory and battery; it is held by letting frames come more seldom.

A frame of a window that is in front already may wait; a change of window or title never does.  The process of a model
is not counted: it has limits of its own (`gum.daemon.understanding`).
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import psutil

from gum import config
from gum.daemon import memory, power
from gum.daemon.power import Power
from gum.protocols import Apart

log = logging.getLogger(__name__)

WINDOW_S = 120.0
SAMPLE_S = 10.0
LOOK_S = 60.0  # memory and power change slowly
STEP, SLOWEST = 1.2, 4.0
EASY = 0.8  # of the budget; below it frames come sooner again
BATTERY_PACE = 2.0
BATTERY_WAIT_S = 30.0

OWN = "daemon"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used up to now: seconds of processor, and bytes of memory."""

    cpu_s: float
    memory_bytes: int


def usage_of(pid: int | None) -> Usage | None:
    """Return what a process uses, this one where `pid` is None; None when it is gone."""
    try:
        process = psutil.Process(pid)
        times = process.cpu_times()
        return Usage(times.user + times.system, process.memory_info().rss)
    except psutil.Error:
        return None


class Budgets:
    """Hears a tick every second; `pace` is how much more seldom frames are to come, 1 where all is within bounds."""

    def __init__(
        self,
        settings: config.Budget,
        workers: Mapping[str, Apart],
        *,
        usage: Callable[[int | None], Usage | None] = usage_of,
        read_power: Callable[[], Power] = power.read,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.power = read_power()
        self.memory: dict[str, int] = {}
        self._workers, self._usage, self._read_power, self._monotonic = workers, usage, read_power, monotonic
        self._stretch = 1.0
        self._spent = 0.0
        self._seen: dict[int | None, float] = {}
        self._samples: deque[tuple[float, float]] = deque()
        self._looked = self._sampled = float("-inf")

    @property
    def pace(self) -> float:
        """How many times as long the pauses between frames of one window are to be."""
        return max(self._stretch, BATTERY_PACE if self.saving else 1.0)

    @property
    def saving(self) -> bool:
        """Whether what is not urgent is put off, for the machine runs on its battery."""
        return self.settings.spare_battery and self.power.on_battery

    @property
    def cpu_percent(self) -> float:
        """The share of one core over the last two minutes; what has not run for so long is counted as if it had."""
        if len(self._samples) < 2:
            return 0.0
        (since, before), (until, after) = self._samples[0], self._samples[-1]
        return (after - before) / max(until - since, WINDOW_S) * 100

    @property
    def memory_bytes(self) -> int:
        """What the daemon holds with the processes of its parts, without a model's."""
        return sum(self.memory.values())

    @property
    def memory_over(self) -> bool:
        return self.memory_bytes > self.settings.memory_mb * 2**20

    def wait_s(self, seconds: float) -> float:
        """Return for how long work that is not urgent rests between two steps."""
        return max(seconds, BATTERY_WAIT_S) if self.saving else seconds

    def tick(self) -> None:
        """Measure, when it is time to."""
        now = self._monotonic()
        if now - self._sampled < SAMPLE_S:
            return
        self._sampled = now
        self._measure()
        self._samples.append((now, self._spent))
        while now - self._samples[0][0] > WINDOW_S:
            self._samples.popleft()
        self._adjust()
        if now - self._looked >= LOOK_S:
            self._looked = now
            self.power = self._read_power()
            self._relieve()

    def _measure(self) -> None:
        """Add up what was used since the last time; a process that has ended keeps what was seen of it."""
        self.memory = {}
        running: list[tuple[str, int | None]] = [(OWN, None), *self._running()]
        self._seen = {pid: self._seen[pid] for _, pid in running if pid in self._seen}
        for name, pid in running:
            found = self._usage(pid)
            if found is None:
                continue
            self.memory[name] = found.memory_bytes
            known = self._seen.get(pid)
            if known is not None or pid is not None:  # what the daemon took to start is not counted
                self._spent += max(0.0, found.cpu_s - (known or 0.0))
            self._seen[pid] = found.cpu_s

    def _running(self) -> Iterable[tuple[str, int]]:
        for name, one in self._workers.items():
            pid = one.worker().pid
            if pid is not None:
                yield name, pid

    def _adjust(self) -> None:
        """Let frames come more seldom while too much is used, and sooner again when there is room."""
        share, budget = self.cpu_percent, self.settings.cpu_percent
        before = self._stretch
        if share > budget:
            self._stretch = min(self._stretch * STEP, SLOWEST)
        elif share < budget * EASY:
            self._stretch = max(self._stretch / STEP, 1.0)
        if (before == 1.0) != (self._stretch == 1.0):
            log.info("%.1f %% of a core used, budget %.1f: pace %.1f", share, budget, self._stretch)

    def _relieve(self) -> None:
        """Give memory back; where that is over its budget, processes that have nothing to do end at once."""
        if self.memory_over:
            for one in self._workers.values():
                one.rest()
        memory.give_back()
