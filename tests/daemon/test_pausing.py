"""While paused nothing is seen, and what was not seen is never seen later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gum.errors import RefusedError
from gum.records import CoverageState
from tests.daemon.seeing import Eye, seeing
from tests.waiting import until
from tests.working import START, HandClock, running, text


def test_captures_while_paused_are_dropped(tmp_path: Path, clock: HandClock) -> None:
    with seeing() as eye, running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(text("before", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        now.client.pause()
        eye.see(text("a secret", clock.forward(minutes=1)))
        clock.forward(minutes=1)
        now.client.resume()
        until(eye.watched)
        eye.see(text("after", clock.forward(minutes=1)))
        until(lambda: now.service.store.observations.count() == 2)
        assert [one.text for one in now.client.observations().items] == ["before", "after"]


def test_an_observer_does_not_even_look_while_paused(tmp_path: Path, clock: HandClock) -> None:
    with seeing() as eye, running(tmp_path / "home", eye.settings(), clock) as now:
        until(eye.watched)
        now.client.pause()
        until(lambda: not eye.watched())
        assert [one.state for one in now.client.status().observers] == ["paused"]
        now.client.resume()
        until(eye.watched)


def test_what_sensors_send_while_paused_is_refused(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        now.client.pause(10)
        with pytest.raises(RefusedError, match="paused") as refusal:
            now.client.send("POST", "/v1/observations", json={"observer": "diary", "text": "x"})
        assert refusal.value.status == 409
        assert now.service.store.observations.count() == 0


def test_a_pause_ends_by_itself(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        status = now.client.pause(15)
        assert (status.verdict, status.paused_until) == ("paused", START + timedelta(minutes=15))
        clock.forward(minutes=14)
        now.service.tick()
        assert now.client.status().verdict == "paused"
        clock.forward(minutes=2)
        now.service.tick()
        assert now.client.status().verdict != "paused"


def test_a_pause_survives_a_restart_and_its_end_too(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        now.client.pause(60)
    with running(tmp_path / "home", clock=clock) as now:
        assert now.client.status().paused_until == START + timedelta(minutes=60)
    clock.forward(minutes=61)
    with running(tmp_path / "home", clock=clock) as now:
        assert not now.client.status().paused


def test_a_pause_that_would_be_over_is_refused(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        with pytest.raises(RefusedError, match="end before it begins"):
            now.client.pause(until=START - timedelta(minutes=1))
        with pytest.raises(RefusedError, match="minutes"):
            now.client.pause(-5)


def test_resuming_what_is_not_paused_changes_nothing(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        assert not now.client.resume().paused


def test_coverage_knows_of_the_pause_and_of_being_off(tmp_path: Path, clock: HandClock) -> None:
    with seeing() as eye, running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(text("before", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        clock.forward(minutes=1)
        now.client.pause()
        clock.forward(minutes=2)
        now.service.tick()
        now.client.resume()
    clock.forward(hours=8)
    with running(tmp_path / "home", clock=clock) as now:
        spans = now.client.coverage(START - timedelta(hours=1), clock.now + timedelta(hours=1))
    lengths = [(one.state, one.ended_at - one.started_at) for one in spans]
    assert lengths == [
        (CoverageState.RECORDED, timedelta(minutes=1)),
        (CoverageState.PAUSED, timedelta(minutes=2)),
        (CoverageState.OFF, timedelta(hours=8)),
    ]


def test_an_eye_that_was_never_opened_saw_nothing() -> None:
    assert not Eye().watched()
