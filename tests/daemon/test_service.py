"""The service rides out what goes wrong, says it, and stops in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gum import plugins
from gum.daemon.desktop import SharedDesktop
from gum.daemon.service import CLOCK_START, open_service
from gum.paths import Home
from gum.protocols import Stop
from gum.records import Capture, CoverageState, InputCounts
from tests.daemon.seeing import Eye
from tests.waiting import until
from tests.working import HandClock, Running, running, settings, text, window


def test_what_an_observer_sees_is_believed_without_further_ado(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(text("the harbour survey", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        clock.forward(minutes=10)
        now.service.working.wake()
        until(lambda: now.client.propositions().total == 1)
        status = now.client.status()
        assert (status.queue.waiting, status.queue.unsorted, status.queue.failed) == (0, 0, 0)
        assert (status.today.observations, status.today.propositions) == (1, 1)


def test_status_tells_what_is_in_front_and_how_old_the_last_frame_is(
    tmp_path: Path, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(window("draft.txt", clock.now))
        until(lambda: now.client.status().now == "draft.txt - Editor")
        eye.see(window("plan.txt - Editor", clock.now))
        until(lambda: now.client.status().now == "plan.txt - Editor")
        assert now.client.status().last_frame_age_s is None
        frame = Capture("screen", "frame", clock.now)
        eye.see(frame)
        clock.forward(seconds=7)
        until(lambda: now.client.status().last_frame_age_s == pytest.approx(7))
        clock.forward(hours=2)
        assert now.client.status().now == ""


def test_a_store_that_cannot_be_written_is_said_and_the_capture_is_kept_for_later(
    tmp_path: Path, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        # the database may not grow, as on a full disk
        connection = now.service.store._sql.database.conn
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        words = "the harbour survey " * 40_000
        eye.see(text(words, clock.now))
        until(lambda: now.client.status().verdict == "degraded")
        assert "no space left" in now.client.status().verdict_text
        connection.execute("PRAGMA max_page_count=1000000")
        until(lambda: now.service.store.observations.count() == 1, 20)
        until(lambda: now.client.status().verdict == "recording")
        assert len(now.client.observations().items[0].text) > 100_000


def test_a_pause_that_ends_while_the_store_cannot_be_written_ends_later(
    tmp_path: Path, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        now.client.pause(5)
        connection = now.service.store._sql.database.conn
        connection.execute("PRAGMA query_only=ON")
        clock.forward(minutes=6)
        now.service.tick()
        assert now.client.status().verdict == "paused"
        connection.execute("PRAGMA query_only=OFF")
        now.service.tick()
        assert now.service.pauses.present is None


class Breaking:
    """A stranger's desktop that breaks when it is asked what it lacks."""

    name = "breaking"

    def missing(self) -> list[str]:
        raise RuntimeError("broken")

    def close(self) -> None:
        pass


def test_a_desktop_that_breaks_does_not_end_the_daemon(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        now.service.watchdog.desktop = SharedDesktop(Breaking)  # type: ignore[arg-type]
        now.service.watchdog.desktop.get()
        now.service.watchdog.look_at_desktop()
        assert "(RuntimeError)" in now.client.status().verdict_text


def test_a_capture_that_cannot_be_perceived_does_not_end_perceiving(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(Capture("odd", "text", clock.now, text=None))  # type: ignore[arg-type]
        eye.see(text("after", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        assert [one.part for one in now.service.store.failures.list()] == ["perceive"]


def test_input_without_frames_is_seen_in_the_verdict_and_in_coverage(tmp_path: Path, clock: HandClock) -> None:
    screen = Eye()
    plugins.register("gum.observers", "screen", screen.observer)
    try:
        with running(tmp_path / "home", settings(capture={"observers": ["screen"]}), clock) as now:
            until(screen.watched)
            screen.see(Capture("screen", "frame", clock.now))
            until(lambda: now.client.status().last_frame_age_s is not None)
            clock.forward(seconds=29)
            screen.see(Capture("activity", "activity", clock.now, input=InputCounts(keys=9)))
            until(lambda: now.client.status().verdict == "not capturing")
            assert "no frame for 29 s although there is input" in now.client.status().verdict_text
            until(lambda: _failed(now))
    finally:
        plugins.unregister("gum.observers", "screen")


def _failed(now: Running) -> bool:
    """Let the watchdog look; what was still on its way to the store is committed by the next look."""
    now.service.tick()
    last = now.service.store.coverage.last()
    return last is not None and last.state is CoverageState.FAILED


def test_a_demonstrations_clock_starts_where_its_recording_ended(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with running(home.root) as now:
        now.service.store.settings.set(CLOCK_START, "2026-03-06T15:32:00.000000Z")
    plugins.register("gum.engines", "echo", plugins.load("gum.engines", "echo"))
    service = open_service(home, settings())
    try:
        assert (
            timedelta(0) <= service.clock() - HandClock().now.replace(day=6, hour=15, minute=32) < timedelta(seconds=30)
        )
    finally:
        service.stop()


class Hanging:
    """An observer that does not hear that it should stop."""

    name = "hanging"
    release = threading.Event()

    def __init__(self, context: object) -> None:
        pass

    def captures(self, stop: Stop) -> Iterator[Capture]:
        self.release.wait(30)
        yield from ()


def test_it_stops_within_five_seconds_though_an_observer_hangs(tmp_path: Path, clock: HandClock) -> None:
    plugins.register("gum.observers", "hanging", Hanging)
    home = Home(tmp_path / "home")
    from gum.daemon.agent import Agent
    from gum.daemon.service import Service

    service = Service(Agent.open(home, settings(capture={"observers": ["hanging"]}), clock))
    try:
        service.start()
        began = time.monotonic()
        assert not service.stop()
        assert time.monotonic() - began < 5
    finally:
        Hanging.release.set()
        plugins.unregister("gum.observers", "hanging")
        service.agent.close()


def test_the_url_is_announced_once_it_answers(tmp_path: Path) -> None:
    from gum.store.lock import read_owner

    with running(tmp_path / "home") as now:
        owner = read_owner(now.home)
        assert owner is not None
        assert owner.url == now.service.server.url
    assert read_owner(now.home) is None


def test_a_failing_engine_does_not_stop_the_work(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    with running(tmp_path / "home", eye.settings(), clock) as now:
        eye.see(text("a cup of poison", clock.now))
        until(lambda: now.service.store.observations.count() == 1)
        now.work(clock.forward(minutes=10))
        status = now.client.status()
        assert status.verdict_text == "degraded: The engine will not swallow this."
        assert status.queue.waiting == 1
