"""Frames that stop coming are noticed, brought back where that can be done, and a display that hangs is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from gum import plugins
from gum.daemon.desktop import SharedDesktop
from gum.daemon.problems import Problems
from gum.daemon.status import HUNG, NO_FRAMES
from gum.daemon.watchdog import Watchdog
from gum.protocols import Desktop, ObserverContext, Stop
from gum.records import Capture, CoverageState
from tests.waiting import until
from tests.working import HandClock, running, settings


class Staring:
    """An observer that takes one frame and then stares, until it is started again."""

    name = "screen"
    runs = 0

    def __init__(self, context: ObserverContext) -> None:
        self._now = context.now

    def captures(self, stop: Stop) -> Iterator[Capture]:
        type(self).runs += 1
        yield Capture("screen", "frame", self._now())
        stop.wait()


@pytest.fixture
def staring() -> Iterator[type[Staring]]:
    Staring.runs = 0
    plugins.register("gum.observers", "screen", Staring)
    yield Staring
    plugins.unregister("gum.observers", "screen")


def test_an_observer_that_brings_no_frames_is_started_again(
    tmp_path: Path, clock: HandClock, staring: type[Staring]
) -> None:
    with running(tmp_path / "home", settings(capture={"observers": ["screen"]}), clock) as now:
        until(lambda: now.service.last_frame is not None)
        now.service.last_input = clock.forward(seconds=29)
        now.service.tick()
        until(lambda: staring.runs == 2)
        until(lambda: now.service.last_frame == clock.now)
        now.service.tick()
        assert now.client.status().verdict == "recording"


def test_the_verdict_tells_what_was_tried(tmp_path: Path, clock: HandClock, staring: type[Staring]) -> None:
    with running(tmp_path / "home", settings(capture={"observers": ["screen"]}), clock) as now:
        until(lambda: now.service.last_frame is not None)
        now.service.observers[0].restart = lambda: None  # type: ignore[method-assign]
        now.service.last_input = clock.forward(seconds=29)
        now.service.tick()
        said = now.client.status().verdict_text
        assert said.startswith("running but not capturing: no frame for 29 s although there is input; ")
        assert "the screen observer was started again 0 s ago, try 1" in said
        for _ in range(3):
            now.service.last_input = clock.forward(seconds=2)
            now.service.tick()
        assert [one.reason for one in now.client.coverage() if one.state is CoverageState.FAILED] == [NO_FRAMES]


class Hanging:
    """A display that answers nothing for as long as the test wants."""

    name = "hanging"

    def __init__(self, gate: threading.Event) -> None:
        self._gate = gate

    def missing(self) -> list[str]:
        self._gate.wait(10)
        return []

    def close(self) -> None:
        self._gate.wait(10)


def test_a_display_that_hangs_is_said_and_holds_up_nobody_else(tmp_path: Path, clock: HandClock) -> None:
    gate = threading.Event()
    shared = SharedDesktop(lambda: cast("Desktop", Hanging(gate)))
    shared.get()
    dog = Watchdog(shared, [], Problems())
    asking = threading.Thread(target=dog.look_at_desktop)
    asking.start()
    until(lambda: dog.unanswered > timedelta(0))
    began = time.monotonic()
    shared.renew()
    assert time.monotonic() - began < 5
    gate.set()
    asking.join()
    assert dog.unanswered == timedelta(0)
    assert timedelta(seconds=5) < HUNG < timedelta(seconds=25)
