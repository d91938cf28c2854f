"""Days as people write them, counted from the day they were written on."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest
from gum_models.statistical.dates import resolve

MONDAY = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Friday 13 March", date(2026, 3, 13)),
        ("20 March", date(2026, 3, 20)),
        ("tomorrow", date(2026, 3, 3)),
        ("16.3.", date(2026, 3, 16)),
        ("5.1.", None),
        ("5.1.2027", date(2027, 1, 5)),
        ("next Monday", date(2026, 3, 9)),
        ("next Monday, 16 March", date(2026, 3, 16)),
        ("on Thursday afternoon", date(2026, 3, 5)),
    ],
)
def test_a_day_is_counted_from_when_it_was_written(words: str, day: date | None) -> None:
    assert resolve(words, MONDAY) == day


def test_words_that_are_no_day_are_none() -> None:
    assert resolve("the big table", MONDAY) is None


@pytest.mark.parametrize("zone", ["<+01>-01:00", "America/Los_Angeles", "Nowhere/Atlantis"])
def test_the_computers_own_zone_does_not_matter(zone: str) -> None:
    code = (
        "from datetime import datetime, UTC; from gum_models.statistical.dates import resolve; "
        "print(resolve('Friday 13 March', datetime(2026, 3, 2, 23, tzinfo=UTC)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "2026-03-13"
