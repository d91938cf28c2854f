"""The X11 desktop agrees with xdotool, xprop, xwininfo and xrandr on what is there."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from gum_observers.x11 import X11Desktop

from gum.errors import DesktopError
from gum.protocols import DesktopEvent
from gum.records import Rect, Window
from tests.waiting import until

from .conftest import Session


def nothing(window: Window) -> bool:
    return False


@pytest.fixture
def events(desktop: X11Desktop) -> Iterator[list[str]]:
    """The kinds of all events since the test began."""
    kinds: list[str] = []
    threading.Event().wait(0.2)  # a new desktop is told once that its whole screen is new
    end = desktop.subscribe(lambda event: kinds.append(event.kind))
    yield kinds
    end()


def measured(session: Session, window: int | str) -> Rect:
    """Return where xwininfo sees a window, its border included."""
    said = session.run("xwininfo", "-id", str(window))
    words = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height", "Border width")
    x, y, width, height, edge = (int(re.search(rf"{word}:\s+(-?\d+)", said)[1]) for word in words)  # type: ignore[index]
    return Rect(x - edge, y - edge, width + 2 * edge, height + 2 * edge)


def decoration(session: Session, window: int | str) -> str:
    """Return the window directly on the root that holds this one."""
    while True:
        found = re.search(
            r"Parent window id: (\S+)(.*root window)?", session.run("xwininfo", "-id", str(window), "-tree")
        )
        assert found
        if found[2]:
            return str(window)
        window = found[1]


def test_the_active_window_is_the_one_that_xdotool_names(session: Session, desktop: X11Desktop) -> None:
    for title in ("first", "second"):
        id = session.xterm(title)
        active = desktop.active()
        assert active is not None
        assert (active.id, active.title, active.app) == (id, title, "XTerm")
        assert str(active.pid) == session.run("xdotool", "getwindowpid", str(id)).strip()


def test_a_window_lies_where_xwininfo_sees_it(session: Session, desktop: X11Desktop) -> None:
    session.xterm("plain", "-geometry", "60x10+90+120")
    session.start("mousepad", "--disable-server")
    session.focused("Untitled 1 - Mousepad")
    assert len(desktop.windows()) == 2
    for window in desktop.windows():
        assert window.client == measured(session, window.id)
        assert window.frame == measured(session, decoration(session, window.id))


def test_windows_come_bottom_to_top_and_a_minimised_one_is_hidden(session: Session, desktop: X11Desktop) -> None:
    first, second = session.xterm("first"), session.xterm("second")
    assert [window.id for window in desktop.windows()] == [first, second]
    session.run("xdotool", "windowactivate", "--sync", str(first))
    assert [window.id for window in desktop.windows()] == [second, first]
    session.run("xdotool", "windowminimize", "--sync", str(second))
    until(lambda: [window.hidden for window in desktop.windows() if window.id == second] == [True])


def test_two_hundred_keys_ten_clicks_and_five_turns_of_the_wheel_are_counted(
    session: Session, desktop: X11Desktop
) -> None:
    session.xterm("typing")
    before = desktop.input_counts()
    session.run("xdotool", "type", "--delay", "1", "a" * 200)
    session.run("xdotool", "click", "--repeat", "10", "--delay", "5", "1")
    session.run("xdotool", "click", "--repeat", "5", "--delay", "5", "5")
    until(lambda: desktop.input_counts().scrolls - before.scrolls == 5)
    counts = desktop.input_counts()
    assert (counts.keys - before.keys, counts.clicks - before.clicks) == (200, 10)
    assert counts.idle_s < 5


def test_focus_title_input_and_damage_are_told(session: Session, desktop: X11Desktop, events: list[str]) -> None:
    id = session.xterm("before")
    until(lambda: {"focus", "damage"} <= set(events))
    events.clear()
    session.run("xdotool", "set_window", "--name", "after", str(id))
    until(lambda: "title" in events)
    session.run("xdotool", "key", "a")
    until(lambda: "input" in events)


def test_a_window_that_got_the_id_of_one_before_is_watched(
    session: Session, desktop: X11Desktop, events: list[str]
) -> None:
    ids = [session.xterm("0")]
    while len(ids) == len(set(ids)):
        session.stop_last()
        ids.append(session.xterm(str(len(ids))))
    threading.Event().wait(0.5)
    events.clear()
    session.run("xdotool", "set_window", "--name", "newer", str(ids[-1]))
    until(lambda: "title" in events)
    active = desktop.active()
    assert active is not None
    assert str(active.pid) == session.run("xdotool", "getwindowpid", str(ids[-1])).strip()


def test_closing_the_last_window_is_a_change_of_focus(session: Session, desktop: X11Desktop, events: list[str]) -> None:
    session.xterm("last")
    until(lambda: "focus" in events)
    events.clear()
    session.stop_last()
    until(lambda: "focus" in events)
    assert desktop.active() is None


def test_a_desktop_at_rest_tells_nothing(session: Session, desktop: X11Desktop, events: list[str]) -> None:
    session.xterm("at rest")
    until(lambda: "focus" in events)
    threading.Event().wait(1)
    events.clear()
    threading.Event().wait(1)
    assert events == []


def test_the_moment_without_focus_between_two_windows_is_not_told(
    session: Session, desktop: X11Desktop, events: list[str]
) -> None:
    first, second = session.xterm("first"), session.xterm("second")
    until(lambda: desktop.active() is not None)
    threading.Event().wait(0.3)
    events.clear()
    session.run("xdotool", "windowactivate", "--sync", str(first), "windowactivate", "--sync", str(second))
    threading.Event().wait(0.5)
    assert events.count("focus") == 2


@pytest.mark.parametrize(
    "title", ["🦊 fox — 北京 🎉", "שלום עולם", "مرحبا بالعالم", "over \u202eride", "ü" * 3000], ids=str.__len__
)
def test_titles_in_any_script_are_read_whole(session: Session, desktop: X11Desktop, title: str) -> None:
    id = session.xterm("plain")
    session.run("xdotool", "set_window", "--name", title, str(id))
    until(lambda: (active := desktop.active()) is not None and active.title == title)


def test_a_title_in_latin_1_alone_is_read(session: Session, desktop: X11Desktop) -> None:
    id = session.xterm("plain")
    session.run("xprop", "-id", str(id), "-remove", "_NET_WM_NAME")
    session.run("xprop", "-id", str(id), "-f", "WM_NAME", "8s", "-set", "WM_NAME", "caf\udce9")
    until(lambda: (active := desktop.active()) is not None and active.title == "café")


@pytest.fixture
def two_monitors(session: Session) -> Iterator[None]:
    session.run("xrandr", "--setmonitor", "LEFT", "1000/300x900/280+0+0", "screen")
    session.run("xrandr", "--setmonitor", "RIGHT", "600/200x900/280+1000+0", "none")
    yield
    session.run("xrandr", "--delmonitor", "LEFT", "--delmonitor", "RIGHT")


def test_each_monitor_gives_a_frame_of_its_own_pixels(
    session: Session, desktop: X11Desktop, two_monitors: None
) -> None:
    session.xterm("red", "-bg", "#ff0000", "-geometry", "30x10+1100+200")
    monitors = {monitor.name: monitor.rect for monitor in desktop.monitors()}
    assert monitors == {"LEFT": Rect(0, 0, 1000, 900), "RIGHT": Rect(1000, 0, 600, 900)}
    snapshot = desktop.snapshot(nothing)
    assert snapshot is not None
    assert {frame.monitor: frame.rect for frame in snapshot.frames} == monitors
    red = bytes([0, 0, 255])
    counts = {frame.monitor: frame.pixels.count(red) for frame in snapshot.frames}
    assert counts["LEFT"] < 100 < 10_000 < counts["RIGHT"]


def test_a_changed_layout_of_monitors_is_followed(session: Session, desktop: X11Desktop) -> None:
    assert [frame.rect for frame in desktop.snapshot(nothing).frames] == [Rect(0, 0, 1600, 900)]  # type: ignore[union-attr]
    session.run("xrandr", "--setmonitor", "HALF", "800/200x900/280+0+0", "screen")
    try:
        assert [frame.rect for frame in desktop.snapshot(nothing).frames] == [Rect(0, 0, 800, 900)]  # type: ignore[union-attr]
    finally:
        session.run("xrandr", "--delmonitor", "HALF")


def test_a_monitor_that_reaches_beyond_the_screen_is_cut(session: Session, desktop: X11Desktop) -> None:
    session.run("xrandr", "--setmonitor", "WIDE", "3000/800x900/280+400+0", "screen")
    try:
        snapshot = desktop.snapshot(nothing)
    finally:
        session.run("xrandr", "--delmonitor", "WIDE")
    assert snapshot is not None
    assert [frame.rect for frame in snapshot.frames] == [Rect(400, 0, 1200, 900)]


def test_the_scale_follows_the_resolution_that_programs_are_told(session: Session, desktop: X11Desktop) -> None:
    assert desktop.monitors()[0].scale == 1.0
    session.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n")
    assert desktop.monitors()[0].scale == 2.0
    session.run("xprop", "-root", "-remove", "RESOURCE_MANAGER")


def test_many_threads_may_ask_at_once(session: Session, desktop: X11Desktop) -> None:
    id = session.xterm("shared")
    seen: list[int | None] = []

    def ask() -> None:
        for _ in range(20):
            active, snapshot = desktop.active(), desktop.look(nothing)
            seen.extend([active.id if active else None, snapshot.active.id if snapshot.active else None])
            desktop.input_counts()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [id] * 240


def test_nothing_is_missing_on_a_whole_desktop(session: Session, desktop: X11Desktop) -> None:
    assert desktop.missing() == []


def test_a_wayland_session_is_named(desktop: X11Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert [sentence for sentence in desktop.missing() if "Wayland" in sentence and "X11" in sentence]


def test_what_a_poor_display_lacks_is_named_and_the_rest_works(new_session: Callable[..., Session]) -> None:
    session = new_session("-extension", "DAMAGE", "-extension", "MIT-SCREEN-SAVER", manager=False)
    desktop = X11Desktop()
    try:
        told = " ".join(desktop.missing())
        assert len(desktop.missing()) == 3
        assert all(word in told for word in ("EWMH", "DAMAGE", "MIT-SCREEN-SAVER"))
        session.run("xdotool", "key", "a")
        until(lambda: desktop.input_counts().keys == 1)
        assert desktop.input_counts().idle_s < 5
        snapshot = desktop.snapshot(nothing)
        assert snapshot is not None
        assert (snapshot.active, snapshot.windows, len(snapshot.frames)) == (None, (), 1)
    finally:
        desktop.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # python-xlib leaves its socket to the collector
@pytest.mark.parametrize("display", ["", ":4711", "nonsense", "localhost:4711"])
def test_no_display_is_told_in_a_sentence(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(DesktopError, match=r"[Dd]isplay.*\.|.*\?") as caught:
        X11Desktop()
    assert display in str(caught.value)


def test_a_wayland_session_without_x11_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(DesktopError, match="Wayland"):
        X11Desktop()


def test_a_display_that_goes_away_is_lost_once_and_every_question_says_so(new_session: Callable[..., Session]) -> None:
    session = new_session()
    desktop = X11Desktop()
    events: list[DesktopEvent] = []
    desktop.subscribe(events.append)
    session.server.kill()
    until(lambda: events)
    assert [event.kind for event in events if event.kind == "lost"] == ["lost"]
    questions: list[Callable[[], object]] = [
        desktop.monitors,
        desktop.windows,
        desktop.active,
        desktop.input_counts,
        desktop.missing,
        lambda: desktop.look(nothing),
        lambda: desktop.snapshot(nothing),
        lambda: desktop.subscribe(events.append),
    ]
    for question in questions:
        with pytest.raises(DesktopError, match="went away"):
            question()
    desktop.close()
    desktop.close()


def test_a_new_desktop_can_be_opened_after_one_was_closed(session: Session) -> None:
    for _ in range(3):
        desktop = X11Desktop()
        assert desktop.monitors()
        desktop.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "x11-events"]


def test_the_modules_are_imported_without_display_and_without_x11_libraries() -> None:
    code = """
import importlib, pkgutil, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("Xlib", "mss", "numpy"):
            raise ImportError(name + " is absent")
sys.meta_path.insert(0, Absent())
import gum_observers
for module in pkgutil.iter_modules(gum_observers.__path__):
    importlib.import_module("gum_observers." + module.name)
from gum.errors import DesktopError
from gum_observers.x11 import X11Desktop
import os
os.environ["DISPLAY"] = ":0"
try:
    X11Desktop()
except DesktopError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PATH": ""})
    assert "python-xlib is not installed" in done.stdout
