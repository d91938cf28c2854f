"""A model on its way: all its files are one way, and the time left follows the line."""

from __future__ import annotations

import pytest

from gum.daemon.pulling import SPEED_S, Pull
from gum.errors import EngineInterruptedError
from gum.protocols import Offer, OfferedFile

MB = 1_000_000
OFFER = Offer(
    "small", "Small", "MIT", "us/small", "none", 4, 10, (OfferedFile("m", 30 * MB, ""), OfferedFile("p", 6 * MB, ""))
)


class Ticks:
    """A clock by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def pull(ticks: Ticks) -> Pull:
    return Pull("llama", OFFER, ticks)


def come(pull: Pull, ticks: Ticks, file: str, sizes: tuple[int, int], seconds: float, total: int) -> None:
    """Let a file come from one size to another, in steps of a tenth of a second."""
    steps = round(seconds * 10)
    for step in range(1, steps + 1):
        ticks.now += 0.1
        pull.take(file, round(sizes[0] + (sizes[1] - sizes[0]) * step / steps), total)


def test_its_files_are_one_way_with_one_time_left(pull: Pull, ticks: Ticks) -> None:
    pull.take("p", 0, 6 * MB)
    come(pull, ticks, "p", (0, 6 * MB), 3.0, 6 * MB)
    one = pull.view()
    assert (one.done_bytes, one.total_bytes) == (6 * MB, 36 * MB)
    assert one.left_s == pytest.approx(15, rel=0.1)
    pull.take("m", 0, 30 * MB)
    come(pull, ticks, "m", (0, 10 * MB), 5.0, 30 * MB)
    two = pull.view()
    assert (two.done_bytes, two.total_bytes) == (16 * MB, 36 * MB)
    assert two.left_s == pytest.approx(10, rel=0.1)


def test_what_an_earlier_try_got_counts_as_done_and_not_as_speed(pull: Pull, ticks: Ticks) -> None:
    pull.take("p", 6 * MB, 6 * MB)
    pull.take("m", 20 * MB, 30 * MB)
    assert (pull.view().bytes_per_s, pull.view().left_s) == (0, None)
    come(pull, ticks, "m", (20 * MB, 22 * MB), 2.0, 30 * MB)
    assert pull.view().done_bytes == 28 * MB
    assert pull.view().bytes_per_s == pytest.approx(MB, rel=0.1)


def test_the_first_burst_is_no_speed(pull: Pull, ticks: Ticks) -> None:
    pull.take("m", 0, 30 * MB)
    ticks.now += 0.2
    pull.take("m", 5 * MB, 30 * MB)
    assert pull.view().left_s is None


def test_a_line_that_stalls_has_no_time_left_and_one_that_wakes_has_its_own(pull: Pull, ticks: Ticks) -> None:
    pull.take("m", 0, 30 * MB)
    come(pull, ticks, "m", (0, 10 * MB), 5.0, 30 * MB)
    ticks.now += SPEED_S / 2
    assert 0 < pull.view().bytes_per_s < 1.5 * MB
    ticks.now += SPEED_S / 2
    assert (pull.view().bytes_per_s, pull.view().left_s) == (0, None)
    ticks.now += 60
    come(pull, ticks, "m", (10 * MB, 13 * MB), 3.0, 30 * MB)
    assert pull.view().bytes_per_s == pytest.approx(MB, rel=0.1)


def test_a_server_that_begins_anew_takes_nothing_back_from_the_speed(pull: Pull, ticks: Ticks) -> None:
    pull.take("m", 20 * MB, 30 * MB)
    come(pull, ticks, "m", (0, 2 * MB), 2.0, 30 * MB)
    one = pull.view()
    assert one.done_bytes == 2 * MB
    assert one.bytes_per_s == pytest.approx(MB, rel=0.1)


def test_it_stops_with_what_comes_next(pull: Pull) -> None:
    pull.take("m", 1 * MB, 30 * MB)
    pull.stop()
    assert pull.going
    assert pull.view().state == "stopping"
    with pytest.raises(EngineInterruptedError, match="kept"):
        pull.take("m", 2 * MB, 30 * MB)
    pull.end("stopped")
    pull.stop()
    assert pull.view().state == "stopped"
