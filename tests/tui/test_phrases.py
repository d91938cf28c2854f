"""Numbers and times read as a person would say them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from gum_tui import phrases
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.fromisoformat("2026-03-03T16:20:00").astimezone()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (3540, "59 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (3900, "1 h 05 min"),
        (86_400, "1 d"),
        (93_600, "1 d 2 h"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert phrases.duration(seconds) == words


@given(st.floats(0, 1))
def test_only_certainty_is_called_0_or_100_percent(probability: float) -> None:
    shown = phrases.percent(probability)
    assert (shown == "100 %") == (probability == 1)
    assert (shown == "0 %") == (probability == 0)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=-4), "just now"),
        (timedelta(seconds=3), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(minutes=59, seconds=50), "59 min ago"),
        (timedelta(hours=7, minutes=50), "7 h ago"),
        (timedelta(hours=26), "yesterday"),
        (timedelta(days=4), "Fri 27 Feb"),
        (timedelta(days=400), "27 Jan 2025"),
        (timedelta(hours=-1), "today 17:20"),
    ],
)
def test_how_long_ago_is_told_as_briefly_as_it_stays_clear(back: timedelta, words: str) -> None:
    assert phrases.ago(NOW - back, NOW) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 B"), (999, "999 B"), (412_000_000, "412.0 MB"), (2.048e9, "2.0 GB"), (5e12, "5.0 TB")]
)
def test_bytes_are_told_in_the_fitting_unit(count: float, words: str) -> None:
    assert phrases.size(count) == words


def test_one_thing_is_not_told_in_the_plural() -> None:
    assert phrases.counted(1, "key") == "1 key"
    assert phrases.counted(2_140, "key") == "2,140 keys"
