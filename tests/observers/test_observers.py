"""Screen, windows and activity, as they watch a person at a real desktop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from gum_observers.activity import ActivityObserver
from gum_observers.place import Tally
from gum_observers.screen import ScreenObserver
from gum_observers.windows import WindowsObserver
from gum_observers.x11 import X11Desktop

from gum.errors import DesktopError
from gum.plugins import load
from gum.protocols import Observer, ObserverContext
from gum.records import Capture, InputCounts
from tests.waiting import until

from .conftest import Session, Watch, titled

KINDS: list[type[Observer]] = [ScreenObserver, WindowsObserver, ActivityObserver]
Start = Callable[..., Watch]
secret = titled("secret")


def typed(captures: list[Capture]) -> InputCounts:
    counts = [capture.input for capture in captures]
    return InputCounts(*(sum(getattr(one, name) for one in counts) for name in ("keys", "clicks", "scrolls")))


def wake(session: Session) -> None:
    """Let the person be there: the display counts idle time from its own start."""
    session.run("xdotool", "key", "Shift_L")


# ------------------------------------------------------------------------- windows


def test_windows_tells_of_each_change_of_focus_and_title_once(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    windows = watch(WindowsObserver, desktop)
    first = session.xterm("first")
    until(lambda: windows.of("first"))
    session.xterm("second")
    until(lambda: windows.of("second"))
    session.run("xdotool", "windowactivate", "--sync", str(first))
    until(lambda: len(windows.of("first")) == 2)
    session.run("xdotool", "set_window", "--name", "שלום 🦊", str(first))
    until(lambda: windows.of("שלום 🦊"))
    assert [capture.title for capture in windows.captures] == ["", "first", "second", "first", "שלום 🦊"]
    capture = windows.captures[1]
    assert (capture.kind, capture.observer, capture.app, capture.url) == ("window", "windows", "XTerm", "")
    assert capture.window is not None
    assert capture.window.id == first


def test_windows_tells_of_an_excluded_window_without_naming_it(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    windows = watch(WindowsObserver, desktop, secret)
    session.xterm("secret account")
    until(lambda: windows.captures[-1].excluded)
    session.xterm("open")
    until(lambda: windows.of("open"))
    assert [capture.excluded for capture in windows.captures] == [False, True, False]
    assert "secret" not in repr(windows.captures)
    assert windows.captures[1].app == ""


def test_windows_tells_of_the_lock_screen_and_of_the_return(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    windows = watch(WindowsObserver, desktop)
    session.xterm("open")
    until(lambda: windows.of("open"))
    locker = session.start("i3lock", "-n", "-c", "000000")
    until(lambda: windows.captures[-1].locked)
    session.stop(locker)
    until(lambda: len(windows.of("open")) == 2)
    assert [capture.title for capture in windows.captures] == ["", "open", "", "open"]


def test_a_title_that_keeps_changing_is_told_of_seldom_and_at_last(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    windows = watch(WindowsObserver, desktop)
    id = session.xterm("still")
    until(lambda: windows.of("still"))
    for turn in range(100):
        session.run("xdotool", "set_window", "--name", f"turning {turn}", str(id))
        time.sleep(0.05)
    until(lambda: windows.of("turning 99"))
    assert len(windows.captures) < 16


# ------------------------------------------------------------------------- activity


def test_activity_counts_what_is_typed_in_each_window(session: Session, desktop: X11Desktop, watch: Start) -> None:
    activity = watch(ActivityObserver, desktop)
    session.xterm("first")
    session.run("xdotool", "type", "--delay", "2", "a" * 30)
    session.run("xdotool", "click", "--repeat", "3", "1")
    session.xterm("second")
    until(lambda: activity.of("first"))
    session.run("xdotool", "type", "--delay", "2", "b" * 12)
    until(lambda: activity.of("second"))
    first, second = typed(activity.of("first")), typed(activity.of("second"))
    assert (first.keys, first.clicks, second.keys) == (30, 3, 12)


def test_keys_that_came_after_a_turn_belong_to_the_next_window(session: Session, desktop: X11Desktop) -> None:
    session.xterm("first")
    tally, before = Tally(desktop), desktop.input_counts().keys
    session.run("xdotool", "type", "--delay", "2", "a" * 9)
    until(lambda: desktop.input_counts().keys == before + 9)
    assert tally.take(InputCounts(keys=before + 7)).keys == 7
    assert tally.take().keys == 2


def test_what_is_typed_in_an_excluded_window_is_not_even_counted(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    activity, screen = watch(ActivityObserver, desktop, secret, idle_s=1), watch(ScreenObserver, desktop, secret)
    session.xterm("secret account")
    session.run("xdotool", "type", "--delay", "2", "p" * 17)
    until(lambda: activity.captures and activity.captures[-1].input.idle_s >= 1)
    session.run("xdotool", "type", "--delay", "2", "p" * 3)
    session.xterm("open")
    session.run("xdotool", "type", "--delay", "2", "a" * 5)
    until(lambda: activity.of("open") and typed(screen.of("open")).keys == 5)
    assert typed(activity.captures).keys == 5
    assert typed(screen.captures).keys == 5


def test_activity_tells_once_that_the_person_is_idle_and_that_the_screen_is_locked(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    activity = watch(ActivityObserver, desktop, idle_s=1.0)
    wake(session)
    until(lambda: [capture for capture in activity.captures if capture.input.idle_s >= 1])
    time.sleep(1.5)
    assert len(activity.captures) == 1
    session.start("i3lock", "-n", "-c", "000000")
    until(lambda: [capture for capture in activity.captures if capture.locked])


# ------------------------------------------------------------------------- screen


def test_a_change_of_focus_is_followed_by_one_frame_within_a_second(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    wake(session)
    first, second = session.xterm("first"), session.xterm("second")
    screen = watch(ScreenObserver, desktop)
    until(lambda: screen.of("second"))
    delays = []
    for turn in range(4):
        began, before = time.monotonic(), len(screen.captures)
        session.run("xdotool", "windowactivate", str(first if turn % 2 == 0 else second))
        until(lambda before=before: len(screen.captures) > before)  # type: ignore[misc]
        delays.append(screen.arrived[-1] - began)
        assert screen.captures[-1].title == ("first", "second")[turn % 2]
        time.sleep(0.7)
    assert sorted(delays)[1] < 0.9
    assert len(screen.captures) <= 6


def test_a_frame_shows_the_screen_and_names_its_window(session: Session, desktop: X11Desktop, watch: Start) -> None:
    wake(session)
    screen = watch(ScreenObserver, desktop)
    id = session.xterm("red", "-bg", "#ff0000")
    until(lambda: screen.of("red"))
    (capture,) = screen.of("red")
    assert capture.window is not None
    assert capture.frame is not None
    assert (capture.kind, capture.app, capture.window.id) == ("frame", "XTerm", id)
    assert len(capture.frame.pixels) == capture.frame.rect.width * capture.frame.rect.height * 4
    assert capture.frame.pixels.count(bytes([0, 0, 255])) > 50_000


def test_a_burst_of_typing_is_followed_by_a_frame_with_its_counts(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    session.xterm("typing")
    screen = watch(ScreenObserver, desktop)
    wake(session)
    until(lambda: screen.of("typing"))
    before = len(screen.captures)
    session.run("xdotool", "type", "--delay", "20", "some words typed here")
    until(lambda: len(screen.captures) > before)
    time.sleep(1)
    assert typed(screen.captures[before:]).keys == 21
    assert len(screen.captures) == before + 1


def test_the_heartbeat_goes_on_while_the_person_is_there_and_stops_when_idle(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    wake(session)
    screen = watch(ScreenObserver, desktop, settle_s=0.1, heartbeat_s=0.5, idle_s=2.5)
    time.sleep(5)
    frames = len(screen.captures)
    assert 3 <= frames <= 7
    time.sleep(1.5)
    assert len(screen.captures) == frames
    wake(session)
    until(lambda: len(screen.captures) > frames)


def test_no_frame_leaves_while_an_excluded_window_has_the_focus_or_the_screen_is_locked(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    wake(session)
    session.xterm("secret account")
    screen = watch(ScreenObserver, desktop, secret, settle_s=0.1, heartbeat_s=0.5)
    time.sleep(2)
    assert screen.captures == []
    session.xterm("open")
    until(lambda: screen.of("open"))
    session.start("i3lock", "-n", "-c", "000000")
    until(lambda: desktop.look(secret).locked)
    time.sleep(0.5)
    before = len(screen.captures)
    time.sleep(1.5)
    assert len(screen.captures) == before


def test_the_active_window_is_named_with_the_frame_of_its_monitor_alone(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    session.run("xrandr", "--setmonitor", "LEFT", "1000/300x900/280+0+0", "screen")
    session.run("xrandr", "--setmonitor", "RIGHT", "600/200x900/280+1000+0", "none")
    try:
        wake(session)
        session.xterm("on the right", "-geometry", "30x10+1100+200")
        screen = watch(ScreenObserver, desktop)
        until(lambda: len(screen.captures) >= 2)
    finally:
        session.run("xrandr", "--delmonitor", "LEFT", "--delmonitor", "RIGHT")
    named = {capture.frame.monitor: capture.title for capture in screen.captures[:2] if capture.frame}
    assert named == {"LEFT": "", "RIGHT": "on the right"}


def test_frames_come_where_the_display_cannot_tell_of_damage(new_session: Callable[..., Session], watch: Start) -> None:
    session = new_session("-extension", "DAMAGE")
    desktop = X11Desktop()
    try:
        wake(session)
        screen = watch(ScreenObserver, desktop, heartbeat_s=1.0)
        session.xterm("plain")
        until(lambda: len(screen.of("plain")) >= 2)
        screen.stop()
    finally:
        desktop.close()


# ------------------------------------------------------------------------- all of them


def test_three_observers_each_see_every_one_of_ten_changes_in_order(
    session: Session, desktop: X11Desktop, watch: Start
) -> None:
    wake(session)
    id = session.xterm("start")
    watches = [watch(kind, desktop, settle_s=0.1) for kind in (WindowsObserver, WindowsObserver, ScreenObserver)]
    titles = [f"change {number}" for number in range(10)]
    for title in titles:
        session.run("xdotool", "set_window", "--name", title, str(id))
        until(lambda title=title: all(one.of(title) for one in watches))  # type: ignore[misc]
    for one in watches:
        seen = [capture.title for capture in one.captures if capture.title.startswith("change")]
        assert list(dict.fromkeys(seen)) == titles
        times = [capture.captured_at for capture in one.captures]
        assert times == sorted(times)


@pytest.mark.parametrize("kind", KINDS)
def test_an_observer_ends_with_an_error_when_the_display_goes_away(
    new_session: Callable[..., Session], watch: Start, kind: type[Observer]
) -> None:
    session = new_session()
    desktop = X11Desktop()
    running = watch(kind, desktop)
    time.sleep(0.3)
    session.server.kill()
    assert running.ended(5)
    assert isinstance(running.error, DesktopError)
    assert "went away" in str(running.error)
    desktop.close()


@pytest.mark.parametrize("kind", KINDS)
def test_an_observer_stops_within_a_second(
    session: Session, desktop: X11Desktop, watch: Start, kind: type[Observer]
) -> None:
    running = watch(kind, desktop)
    time.sleep(0.3)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 1
    assert running.error is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_observer_without_desktop_says_so(kind: type[Observer]) -> None:
    def never() -> None:
        raise AssertionError

    with pytest.raises(DesktopError, match="no desktop"):
        kind(ObserverContext(None, secret, {}, never))  # type: ignore[arg-type]


def test_observers_and_desktop_are_found_by_their_names() -> None:
    assert load("gum.desktops", "x11") is X11Desktop
    assert [load("gum.observers", kind.name) for kind in KINDS] == KINDS


def test_a_desktop_at_rest_costs_next_to_nothing(session: Session, desktop: X11Desktop, watch: Start) -> None:
    wake(session)
    session.xterm("at rest")
    for kind in KINDS:
        watch(kind, desktop)
    time.sleep(2)
    began = time.process_time()
    threading.Event().wait(5)
    assert time.process_time() - began < 0.15
