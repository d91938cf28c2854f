"""After sleep and when the clock is set, the work goes on by the new time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from gum.cli.times import coming
from gum.daemon.clocks import Leaps
from gum.daemon.coverage import ASLEEP
from gum.records import CoverageState
from tests.daemon.seeing import Eye
from tests.waiting import until
from tests.working import START, HandClock, running, text


def test_a_clock_that_is_set_leaps_and_one_that_goes_does_not() -> None:
    wall, steady = HandClock(), [100.0]
    leaps = Leaps(wall, lambda: steady[0])
    wall.forward(hours=8)
    steady[0] += 8 * 3600
    assert leaps.leap() == timedelta(0)
    wall.forward(hours=-1)
    steady[0] += 1
    assert leaps.leap() == timedelta(hours=-1, seconds=-1)
    wall.forward(minutes=5)
    assert leaps.leap() == timedelta(minutes=5)


def test_what_is_seen_after_the_clock_was_set_back_behind_a_pause_is_kept_at_once(
    tmp_path: Path, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        now.client.pause()
        meanwhile = clock.forward(hours=1)
        clock.forward(hours=5)
        now.client.resume()
        until(eye.watched)
        clock.forward(hours=-4)
        eye.see(text("late from the pause", meanwhile))
        eye.see(text("after", clock.forward(minutes=1)))
        until(lambda: now.service.store.observations.count() == 1)
        assert [one.text for one in now.client.observations().items] == ["after"]


def test_nothing_waits_for_an_instant_that_has_come_once_already(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        now.service.tick()
        eye.see(text("the harbour survey", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        job = now.service.store.jobs.put("other", 1, clock.now + timedelta(minutes=5))
        clock.forward(days=-1)
        now.service.tick()
        until(lambda: now.client.propositions().total == 1)
        assert now.service.store.jobs.get(job.id).next_at == clock.now
        assert now.client.status().since == clock.now


@pytest.mark.parametrize(("paused", "state"), [(False, CoverageState.OFF), (True, CoverageState.PAUSED)])
def test_the_hours_of_sleep_have_a_reason_too(
    tmp_path: Path, clock: HandClock, eye: Eye, paused: bool, state: CoverageState
) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        until(eye.watched)
        until(lambda: now.client.status().verdict == "recording")
        if paused:
            now.client.pause()
        now.service.tick()
        clock.forward(hours=8)
        now.service.tick()
        clock.forward(minutes=1)
        now.service.tick()
        spans = now.client.coverage(START - timedelta(hours=1), clock.now)
    asleep = [one for one in spans if one.ended_at - one.started_at >= timedelta(hours=8)]
    assert [(one.state, one.reason) for one in asleep] == [(state, "" if paused else ASLEEP)]
    for before, after in pairwise(spans):
        assert before.ended_at == after.started_at
    assert spans[-1].state is (CoverageState.PAUSED if paused else CoverageState.RECORDED)


def test_a_time_of_day_keeps_its_meaning_over_the_change_to_daylight_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        evening = datetime.fromisoformat("2026-03-28T20:00+01:00")
        assert coming("07:00", evening) == datetime.fromisoformat("2026-03-29T07:00+02:00")
        autumn = datetime.fromisoformat("2026-10-24T20:00+02:00")
        assert coming("07:00", autumn) == datetime.fromisoformat("2026-10-25T07:00+01:00")
    finally:
        monkeypatch.undo()
        time.tzset()
