"""What the daemon takes is measured over minutes, shown, and held: frames of one window come more seldom first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum import config
from gum.daemon.budgets import SLOWEST, Budgets, Usage
from gum.daemon.power import Power
from gum.protocols import WorkerState, longest_pause
from tests.working import HandClock, running

MEGABYTE = 2**20


class Worker:
    """A part in a process of its own, as its keeper tells of it."""

    def __init__(self, pid: int | None) -> None:
        self.pid = pid
        self.rested = 0

    def worker(self) -> WorkerState:
        return WorkerState(self.pid, 0, 1, 0, "")

    def rest(self) -> None:
        self.rested += 1


@dataclass
class Machine:
    """The clock, the processes and the power supply that the budgets look at."""

    settings: dict[str, object] = field(default_factory=dict)
    now: float = 1000.0
    used: dict[int | None, Usage] = field(default_factory=lambda: {None: Usage(3.0, 150 * MEGABYTE)})
    power: Power = field(default_factory=Power)
    reader: Worker = field(default_factory=lambda: Worker(None))

    def __post_init__(self) -> None:
        self.budgets = Budgets(
            config.Budget.model_validate(self.settings),
            {"reader": self.reader},
            usage=self.used.get,
            read_power=lambda: self.power,
            monotonic=lambda: self.now,
        )
        self.budgets.tick()

    def spend(self, share: float, seconds: int, pid: int | None = None) -> None:
        """Let a process use so much of a core for some time, while the budgets tick."""
        for _ in range(seconds):
            self.now += 1
            known = self.used.get(pid, Usage(0.0, 0))
            self.used[pid] = Usage(known.cpu_s + share, known.memory_bytes)
            self.budgets.tick()


def test_the_share_is_that_of_the_last_two_minutes_and_the_start_does_not_count() -> None:
    machine = Machine()
    assert machine.budgets.cpu_percent == 0
    machine.spend(0.02, 120)
    assert machine.budgets.cpu_percent == pytest.approx(2.0, abs=0.01)
    machine.spend(0.0, 130)
    assert machine.budgets.cpu_percent == 0


def test_a_moment_of_work_is_no_share_of_minutes() -> None:
    machine = Machine()
    machine.spend(1.0, 2)
    machine.spend(0.0, 8)
    assert machine.budgets.cpu_percent == pytest.approx(2 / 120 * 100)
    assert machine.budgets.pace == 1


def test_the_processes_of_reader_and_embedder_count_from_their_start_and_after_their_end() -> None:
    machine = Machine()
    machine.reader.pid = 77
    machine.used[77] = Usage(0.0, 60 * MEGABYTE)
    machine.spend(0.06, 60, pid=77)
    machine.reader.pid = None
    del machine.used[77]
    machine.spend(0.0, 59)
    assert machine.budgets.cpu_percent == pytest.approx(3.0, rel=0.1)


def test_past_its_budget_frames_come_more_seldom_and_sooner_again_when_there_is_room() -> None:
    machine = Machine()
    machine.spend(0.02, 300)
    assert machine.budgets.pace == 1, "it was within its budget"
    machine.spend(0.06, 300)
    assert 1.5 < machine.budgets.pace <= SLOWEST
    machine.spend(0.0, 400)
    assert machine.budgets.pace == 1


@settings(max_examples=20)
@given(st.floats(0.0, 0.5), st.floats(0.5, 20))
def test_work_that_comes_with_frames_is_held_near_its_budget(demand: float, budget: float) -> None:
    """Each frame costs the same: twice as seldom is half as much, down to the slowest pace."""
    machine = Machine({"cpu_percent": budget})
    for _ in range(120):
        machine.spend(demand / machine.budgets.pace, 10)
    held = max(budget * 1.6, demand * 100 / SLOWEST * 1.01)
    assert machine.budgets.cpu_percent <= held


def test_no_pause_is_so_long_that_frames_which_stop_coming_go_unnoticed() -> None:
    for pace in (1, 1.5, 2, SLOWEST):
        assert longest_pause(10, pace) + 12 <= 30
    assert longest_pause(600, SLOWEST) == 600


def test_on_battery_frames_come_half_as_often_and_what_is_not_urgent_waits() -> None:
    machine = Machine(power=Power(True, 71))
    assert machine.budgets.saving
    assert machine.budgets.pace == 2
    assert machine.budgets.wait_s(5) == 30
    machine.power = Power(False, 72)
    machine.spend(0.0, 70)
    assert not machine.budgets.saving
    assert machine.budgets.pace == 1
    assert machine.budgets.wait_s(5) == 5


def test_a_person_may_let_it_work_on_battery_as_on_mains() -> None:
    machine = Machine({"spare_battery": False}, power=Power(True, 71))
    assert machine.budgets.pace == 1
    assert machine.budgets.wait_s(5) == 5
    assert machine.budgets.power.on_battery


def test_over_its_memory_what_rests_leaves_at_once_and_it_is_said() -> None:
    machine = Machine({"memory_mb": 200})
    machine.reader.pid = 77
    machine.used[77] = Usage(0.0, 40 * MEGABYTE)
    machine.spend(0.0, 70)
    assert (machine.reader.rested, machine.budgets.memory_over) == (0, False)
    machine.used[77] = Usage(0.0, 60 * MEGABYTE)
    machine.spend(0.0, 70)
    assert machine.reader.rested >= 1
    assert machine.budgets.memory_over
    assert machine.budgets.memory_bytes == 210 * MEGABYTE


def test_a_process_that_is_gone_when_it_is_asked_is_no_failure() -> None:
    machine = Machine()
    machine.reader.pid = 77
    machine.spend(0.01, 30)
    assert machine.budgets.memory == {"daemon": 150 * MEGABYTE}


def test_the_status_shows_budget_and_use(tmp_path: Path) -> None:
    with running(tmp_path / "home", clock=HandClock()) as now:
        now.service.tick()
        status = now.client.status()
        assert status.cpu.budget_percent == 3.0
        assert status.cpu.pace == 1
        assert 20 * MEGABYTE < status.memory.daemon_bytes <= status.memory.used_bytes
        assert status.memory.budget_bytes == 400 * MEGABYTE
        assert status.power.on_battery is False
