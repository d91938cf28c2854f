"""Times are read as people write them, also across a change to daylight saving."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.cli.times import coming, duration, past

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("15m", timedelta(minutes=15)),
        ("1h", timedelta(hours=1)),
        ("1h30m", timedelta(minutes=90)),
        ("0.5h", timedelta(minutes=30)),
        ("2d", timedelta(days=2)),
        ("90S", timedelta(seconds=90)),
    ],
)
def test_lengths(words: str, length: timedelta) -> None:
    assert duration(words) == length


@pytest.mark.parametrize("words", ["", "15", "m", "-5m", "1h 30m", "0m", "five", "1w"])
def test_what_is_no_length_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(click.BadParameter, match=r"15m|more than nothing"):
        duration(words)


@given(st.integers(1, 9999), st.sampled_from("smhd"))
def test_a_length_counts_back_from_now(number: int, unit: str) -> None:
    assert NOON - past(f"{number}{unit}", NOON) == duration(f"{number}{unit}")


def test_a_time_of_day_is_the_next_one(berlin: None) -> None:
    assert coming("17:00", NOON) == datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
    assert coming("09:30", NOON) == datetime(2026, 3, 11, 8, 30, tzinfo=UTC)
    assert coming("13:00", NOON) == datetime(2026, 3, 11, 12, 0, tzinfo=UTC)  # it is 13:00 now


def test_tomorrow_morning_is_right_over_the_change_to_summer_time(berlin: None) -> None:
    evening = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)
    assert coming("09:00", evening) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_dates_and_whole_times(berlin: None) -> None:
    assert past("2026-03-01", NOON) == datetime(2026, 2, 28, 23, 0, tzinfo=UTC)
    assert past("2026-03-01T09:30+00:00", NOON) == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert coming("2026-04-01T10:00", NOON) == datetime(2026, 4, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("words", ["25:00", "tomorrow", "2026-13-01", ""])
def test_what_is_no_time_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(click.BadParameter, match="17:00"):
        coming(words, NOON)
