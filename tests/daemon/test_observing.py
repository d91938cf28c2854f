"""An observer that fails is started again, says why meanwhile, and harms nobody else."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from gum import plugins
from gum.daemon.desktop import SharedDesktop
from gum.daemon.observing import ObserverThread, settings_of
from gum.errors import DesktopError, GumError
from gum.protocols import Desktop
from gum.records import Capture
from tests.daemon.seeing import Eye, refusing
from tests.waiting import until
from tests.working import START, HandClock, running, settings, text


class Screen:
    """A desktop that can go away."""

    name = "screen"

    def __init__(self) -> None:
        self.closed = False

    def missing(self) -> list[str]:
        return []

    def close(self) -> None:
        self.closed = True


def watcher(eye: Eye, got: list[Capture], desktop: SharedDesktop | None = None) -> ObserverThread:
    return ObserverThread(
        "eye",
        eye.observer,
        desktop=desktop or SharedDesktop(refusing()),
        excluded=lambda window: False,
        settings={},
        put=got.append,
        clock=HandClock(),
    )


def test_captures_arrive_in_order(eye: Eye) -> None:
    got: list[Capture] = []
    thread = watcher(eye, got)
    thread.start()
    for number in range(50):
        eye.see(text(str(number)))
    until(lambda: len(got) == 50)
    thread.stop()
    assert thread.join(2)
    assert [one.text for one in got] == [str(number) for number in range(50)]
    assert thread.state == "stopped"


@pytest.mark.parametrize("error", [GumError("It lost its way."), ValueError("private words")])
def test_it_is_started_again_after_a_failure_and_says_why(
    eye: Eye, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[Capture] = []
    thread = watcher(eye, got)
    thread.start()
    eye.fail(error)
    until(lambda: thread.state == "waiting")
    assert thread.missing
    assert "private words" not in thread.missing[0]
    until(lambda: thread.state == "running", 5)
    eye.see(text("after"))
    until(lambda: len(got) == 1)
    assert thread.restarts == 1
    thread.stop()
    assert thread.join(2)


def test_a_lost_desktop_is_closed_and_opened_anew(eye: Eye) -> None:
    opened: list[Screen] = []

    def opener() -> Desktop:
        opened.append(Screen())
        return cast("Desktop", opened[-1])

    thread = watcher(eye, [], SharedDesktop(opener))
    thread.start()
    until(eye.watched)
    eye.fail(DesktopError("The display went away."))
    until(lambda: len(opened) == 2)
    assert [screen.closed for screen in opened] == [True, False]
    until(lambda: thread.state == "running")
    assert not thread.no_display
    thread.stop()
    assert thread.join(2)


def test_without_a_desktop_the_observer_is_still_given_the_chance(eye: Eye) -> None:
    thread = watcher(eye, [])
    thread.start()
    until(eye.watched)
    assert eye.contexts[0].desktop is None
    thread.stop()
    assert thread.join(2)


def test_a_desktop_is_opened_once_for_all(eye: Eye) -> None:
    opened: list[Screen] = []
    gate = threading.Barrier(8)

    def opener() -> Desktop:
        opened.append(Screen())
        return cast("Desktop", opened[-1])

    shared = SharedDesktop(opener)
    got: list[Desktop] = []

    def ask() -> None:
        gate.wait()
        got.append(shared.get())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
    assert all(one is got[0] for one in got)
    shared.close()
    assert opened[0].closed


def test_two_observers_give_all_their_captures_each_in_order(tmp_path: Path, clock: HandClock) -> None:
    """k observers times n captures arrive as k*n."""
    eyes = {name: Eye() for name in ("left", "right")}
    for name, one in eyes.items():
        plugins.register("gum.observers", name, one.observer)
    config = settings(capture={"observers": list(eyes)})
    try:
        with running(tmp_path / "home", config, clock) as now:
            for number in range(40):
                for name, one in eyes.items():
                    one.see(text(f"{name} {number}", START + timedelta(seconds=number), observer=name))
            until(lambda: now.service.store.observations.count() == 80, 20)
            kept = now.client.observations(limit=1000).items
    finally:
        for name in eyes:
            plugins.unregister("gum.observers", name)
    for name in eyes:
        mine = [one.text for one in sorted(kept, key=lambda one: one.id) if one.observer == name]
        assert mine == [f"{name} {number}" for number in range(40)]


def test_an_observers_own_settings_stand_over_the_common_ones() -> None:
    config = settings(capture={"heartbeat_s": 20}, observers={"screen": {"heartbeat_s": 5, "colour": "red"}})
    assert settings_of("screen", config)["heartbeat_s"] == 5
    assert settings_of("screen", config)["colour"] == "red"
    assert settings_of("windows", config)["heartbeat_s"] == 20


def test_the_daemon_itself_is_never_observed(tmp_path: Path, clock: HandClock, eye: Eye) -> None:
    import os

    from gum.records import Window
    from tests.working import SCREEN

    with running(tmp_path / "home", eye.settings(), clock):
        until(eye.watched)
        (context,) = eye.contexts
        assert context.excluded(Window(1, "XTerm", "gum-desktop", None, SCREEN, SCREEN))
        assert context.excluded(Window(1, "XTerm", "anything", os.getpid(), SCREEN, SCREEN))
        assert not context.excluded(Window(1, "XTerm", "anything", None, SCREEN, SCREEN))
