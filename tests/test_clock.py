"""Instants as text, and local time where the person lives."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum import clock
from gum.errors import GumError

offsets = some.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = some.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001


@pytest.fixture
def own_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@given(instants)
def test_an_instant_survives_its_text(moment: datetime) -> None:
    assert clock.from_text(clock.to_text(moment)) == moment


@given(instants, instants)
def test_texts_sort_as_their_instants(first: datetime, second: datetime) -> None:
    assert (clock.to_text(first) < clock.to_text(second)) == (first < second)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(GumError, match="time zone"):
        clock.to_text(datetime(2026, 3, 1, 9, 30))  # noqa: DTZ001


@pytest.mark.parametrize("offset", ["+01:00", "-03:30", "+00:00", "+05:45"])
def test_local_time_follows_the_persons_offset(own_zone: None, offset: str) -> None:
    clock.live_at(offset)
    assert clock.offset_of(datetime(2026, 3, 2, 12, tzinfo=UTC).astimezone()) == offset


def test_no_offset_changes_nothing(own_zone: None) -> None:
    clock.live_at("")
    assert os.environ["TZ"] == "UTC"
