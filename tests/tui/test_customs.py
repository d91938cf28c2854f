"""Times and dates are written as the person's locale writes them."""

from __future__ import annotations

import locale
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from gum_tui import customs, phrases
from gum_tui.customs import Customs
from textual.pilot import Pilot

from tests.tui.driving import Daemon, drive, seen, shows

NOW = datetime.fromisoformat("2026-03-03T16:20:00").astimezone()
MORNING = NOW.replace(hour=0, minute=5)


@pytest.fixture
def american() -> Iterator[None]:
    phrases.follow(Customs(twelve_hours=True, month_first=True))
    yield
    phrases.follow(Customs())


@pytest.mark.parametrize(
    ("time", "date", "expected"),
    [
        ("%r", "%m/%d/%Y", Customs(True, True)),
        ("%I:%M:%S %p", "%d/%m/%Y", Customs(True, False)),
        ("%-l:%M", "%d.%m.%Y", Customs(True, False)),
        ("%T", "%d.%m.%Y", Customs()),
        ("%H:%M:%S", "%D", Customs(False, True)),
        ("%H時%M分%S秒", "%Y年%m月%d日", Customs()),
        ("%T", "%Y-%m-%d", Customs()),
        ("%T", "%b %d, %Y", Customs(False, True)),
    ],
)
def test_the_formats_of_a_locale_say_how_it_writes(time: str, date: str, expected: Customs) -> None:
    assert customs.of(time, date) == expected


@pytest.mark.skipif(not shutil.which("localedef"), reason="this machine cannot make a locale")
@pytest.mark.parametrize(("name", "expected"), [("en_US", Customs(True, True)), ("de_DE", Customs())])
def test_the_locale_of_the_environment_is_followed(
    name: str, expected: Customs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = subprocess.run(
        ["localedef", "-i", name, "-f", "UTF-8", tmp_path / f"{name}.UTF-8"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    if made.returncode:
        pytest.skip("this machine has not the sources of the locale")
    before = locale.setlocale(locale.LC_TIME)
    monkeypatch.setenv("LOCPATH", str(tmp_path))
    monkeypatch.setenv("LC_ALL", f"{name}.UTF-8")
    assert customs.read() == expected
    assert locale.setlocale(locale.LC_TIME) == before


@pytest.mark.parametrize("name", ["C", "C.UTF-8", "POSIX", "xx_YY.UTF-8"])
def test_without_a_locale_it_is_24_hours_and_the_day_first(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", name)
    assert customs.read() == Customs()


@pytest.mark.usefixtures("american")
def test_a_clock_of_12_hours_and_the_month_first() -> None:
    assert phrases.clock(NOW) == "4:20 PM"
    assert phrases.clock(MORNING) == "12:05 AM"
    assert phrases.clock_in_column(NOW) == " 4:20 PM"
    assert [phrases.hour(each) for each in (0, 6, 12, 18)] == ["12 AM", "6 AM", "12 PM", "6 PM"]
    assert phrases.day(NOW) == "Tuesday, March 3, 2026"
    assert phrases.short_day(NOW, NOW.replace(day=20)) == "Tue Mar 3"
    assert phrases.short_day(NOW, NOW.replace(year=2028)) == "Mar 3, 2026"
    assert phrases.when(NOW, NOW) == "today 4:20 PM"


def test_a_clock_of_24_hours_and_the_day_first() -> None:
    assert phrases.clock(NOW) == phrases.clock_in_column(NOW) == "16:20"
    assert phrases.hour(6) == "06"
    assert phrases.day(NOW) == "Tuesday 3 March 2026"


@pytest.mark.usefixtures("american")
def test_the_screens_keep_their_columns(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("5")
        await shows(pilot, "Tuesday, March 3, 2026", " 9:05 AM", "12:04 PM")
        times = [found for line in seen(pilot).lines if (found := re.match(r" +\d+:\d\d [AP]M  +\S", line))]
        assert len(times) > 5
        assert len({found.group().index("M ") for found in times}) == 1
        await pilot.press("w")
        await shows(pilot, "12 AM       6 AM        12 PM       6 PM", "Monday, March 2, 2026")
        await pilot.press("1", "p")
        await shows(pilot, "paused until 4:35 PM")

    drive(daemon.client(), walk)
