"""On a real screen, no pixel and no word of an excluded window leaves the desktop."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from gum_observers.x11 import X11Desktop
from Xlib import X, display
from Xlib.ext import composite

from gum.records import Frame, Rect, Window
from tests.waiting import until

from .conftest import Session, titled

MOVES = int(os.environ.get("GUM_TEST_MOVES", "40"))
SECRET = ("-bg", "#ff00ff", "-fg", "#ff00ff", "-cr", "#ff00ff")
MAGENTA, GREEN = 0xFF00FF, 0x00FF00
secret = titled("secret")


def nothing(window: Window) -> bool:
    return False


class Client:
    """A program of the test's own, for windows that no ordinary program has."""

    def __init__(self, name: str) -> None:
        self.x = display.Display(name)

    def window(self, rect: Rect, title: str = "", colour: int = MAGENTA, **attributes: Any) -> Any:
        """Show a window; it carries an EWMH title when it has one."""
        window = self.x.screen().root.create_window(*rect, 0, X.CopyFromParent, background_pixel=colour, **attributes)
        if title:
            window.set_wm_name(title)
        window.map()
        self.x.sync()
        return window

    def deep(self, rect: Rect, colour: int) -> Any:
        """Show a popup with transparency."""
        screen = self.x.screen()
        visual = next(depth.visuals[0].visual_id for depth in screen.allowed_depths if depth.depth == 32)
        window = screen.root.create_window(
            *rect,
            0,
            32,
            visual=visual,
            colormap=screen.root.create_colormap(visual, X.AllocNone),
            border_pixel=0,
            background_pixel=0xFF000000 | colour,
            override_redirect=True,
        )
        window.map()
        self.x.sync()
        return window

    def popup(self, rect: Rect, title: str = "", colour: int = MAGENTA) -> Any:
        return self.window(rect, title, colour, override_redirect=True)


@pytest.fixture
def client(session: Session) -> Iterator[Client]:
    opened = Client(session.display)
    yield opened
    opened.x.close()


def pixels(frame: Frame) -> np.ndarray[Any, Any]:
    """Return the frame's colours as 0xRRGGBB."""
    return np.frombuffer(frame.pixels, np.uint32).reshape(frame.rect.height, frame.rect.width) & 0xFFFFFF


def seen(desktop: X11Desktop, excluded: Callable[[Window], bool] = secret) -> np.ndarray[Any, Any]:
    """Return the pixels of the next whole snapshot."""
    end = time.monotonic() + 10
    while (snapshot := desktop.snapshot(excluded)) is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    return pixels(snapshot.frames[0])


def test_an_excluded_window_that_is_moved_about_leaks_no_pixel(session: Session, desktop: X11Desktop) -> None:
    id = session.xterm("secret account", *SECRET)
    chance = random.Random(7)
    moving = threading.Event()

    def move() -> None:
        while not moving.is_set():
            session.run("xdotool", "windowmove", str(id), str(chance.randrange(1200)), str(chance.randrange(600)))
            time.sleep(chance.random() * 0.15)

    assert (seen(desktop, nothing) == MAGENTA).sum() > 50_000
    thread = threading.Thread(target=move)
    thread.start()
    try:
        kept = 0
        while kept < MOVES:
            snapshot = desktop.snapshot(secret)
            if snapshot is not None:
                kept += 1
                assert not (pixels(snapshot.frames[0]) == MAGENTA).any()
            time.sleep(0.02)
    finally:
        moving.set()
        thread.join()


def test_the_title_bar_is_blackened_with_the_window(session: Session, desktop: X11Desktop) -> None:
    session.xterm("secret account", *SECRET, "-geometry", "50x10+300+200")
    (window,) = desktop.windows()
    assert window.frame.y < window.client.y
    x, y, width, height = window.frame
    assert not seen(desktop)[y : y + height, x : x + width].any()


def test_a_window_in_front_of_an_excluded_one_is_seen_and_one_behind_it_is_not(
    session: Session, desktop: X11Desktop
) -> None:
    green = ("-bg", "#00ff00", "-fg", "#00ff00", "-cr", "#00ff00", "-geometry", "40x10+350+250")
    hidden = session.xterm("secret account", *SECRET, "-geometry", "50x10+300+200")
    session.xterm("open", *green)
    front = seen(desktop)
    session.run("xdotool", "windowactivate", "--sync", str(hidden))
    until(lambda: desktop.windows()[-1].id == hidden)
    behind = seen(desktop)
    assert not (front == MAGENTA).any()
    assert not (behind == MAGENTA).any()
    assert (front == GREEN).sum() > (behind == GREEN).sum() > 0


@pytest.mark.parametrize("kind", ["faded", "shaped"])
def test_a_window_that_may_be_seen_through_uncovers_nothing(
    session: Session, desktop: X11Desktop, client: Client, kind: str
) -> None:
    session.xterm("secret account", *SECRET, "-geometry", "50x10+300+200")
    (window,) = desktop.windows()
    over = client.popup(grown_half(window.client), "open", GREEN)
    assert (seen(desktop) == GREEN).any()
    if kind == "faded":
        over.change_property(client.x.intern_atom("_NET_WM_WINDOW_OPACITY"), 6, 32, [0x80000000])
    else:
        over.shape_rectangles(0, 0, 0, 0, 0, [(0, 0, 10, 10)])
    client.x.sync()
    assert not (seen(desktop) == MAGENTA).any()
    assert not (seen(desktop) == GREEN).any()


def test_the_shadow_a_window_draws_itself_uncovers_nothing(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    session.xterm("secret account", *SECRET, "-geometry", "50x10+300+200")
    (window,) = desktop.windows()
    over = client.popup(window.client, "open", GREEN)
    over.change_property(client.x.intern_atom("_GTK_FRAME_EXTENTS"), 6, 32, [20, 20, 30, 30])
    client.x.sync()
    x, y, width, height = window.client
    part = seen(desktop)[y : y + height, x : x + width]
    assert (part == GREEN).sum() == (width - 40) * (height - 60)
    assert not part[:30].any()
    assert not part[:, :20].any()


def test_a_window_with_transparency_uncovers_what_it_declares_opaque(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    session.xterm("secret account", *SECRET, "-geometry", "50x10+300+200")
    (window,) = desktop.windows()
    over = client.deep(window.client, GREEN)
    assert not (seen(desktop) == GREEN).any()
    over.change_property(client.x.intern_atom("_NET_WM_OPAQUE_REGION"), 6, 32, [5, 6, 70, 80])
    client.x.sync()
    assert (seen(desktop) == GREEN).sum() == 70 * 80


def grown_half(rect: Rect) -> Rect:
    return Rect(rect.x, rect.y, rect.width // 2, rect.height // 2)


def test_popups_of_an_excluded_program_are_blackened(session: Session, desktop: X11Desktop, client: Client) -> None:
    client.window(Rect(100, 100, 200, 100), "secret account")
    until(lambda: any(window.title == "secret account" for window in desktop.windows()))
    client.popup(Rect(900, 500, 120, 80))
    assert (seen(desktop, nothing) == MAGENTA).sum() > 25_000
    assert not (seen(desktop) == MAGENTA).any()


def test_popups_of_other_programs_are_seen(session: Session, desktop: X11Desktop, client: Client) -> None:
    session.xterm("secret account", *SECRET)
    client.popup(Rect(1300, 700, 120, 80), colour=GREEN)
    assert (seen(desktop) == GREEN).sum() == 120 * 80


def test_the_popup_of_a_notification_is_no_part_of_the_window_that_it_covers(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    popup = client.popup(Rect(300, 300, 120, 90))
    kind, atom = (client.x.get_atom(f"_NET_WM_WINDOW_TYPE{name}") for name in ("", "_NOTIFICATION"))
    assert (seen(desktop, nothing) == MAGENTA).sum() == 120 * 90
    popup.change_property(kind, client.x.get_atom("ATOM"), 32, [atom])
    client.x.sync()
    assert not (seen(desktop, nothing) == MAGENTA).any()


def test_a_dialog_of_an_excluded_window_is_blackened_and_not_named(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    bank = client.window(Rect(100, 100, 200, 100), "secret account")
    dialog = client.window(Rect(700, 300, 200, 100), "transfer 500")
    dialog.set_wm_transient_for(bank)
    client.x.sync()
    until(lambda: len(desktop.windows()) == 2)
    assert not (seen(desktop) == MAGENTA).any()
    assert "transfer" not in repr(desktop.look(secret))


def test_nothing_of_an_excluded_window_is_named_when_it_has_the_focus(session: Session, desktop: X11Desktop) -> None:
    session.xterm("open window")
    session.xterm("secret account", *SECRET)
    for snapshot in (desktop.look(secret), desktop.snapshot(secret)):
        assert snapshot is not None
        assert snapshot.active is None
        assert snapshot.active_excluded
        assert [window.title for window in snapshot.windows] == ["open window"]
        assert "secret" not in repr(snapshot)


def test_a_minimised_excluded_window_is_not_named_either(session: Session, desktop: X11Desktop) -> None:
    id = session.xterm("secret account")
    session.run("xdotool", "windowminimize", "--sync", str(id))
    assert "secret" not in repr(desktop.look(secret))


def test_under_a_compositor_frames_wait_until_an_excluded_window_lies_still(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    owner = client.popup(Rect(-10, -10, 1, 1))
    owner.set_selection_owner(client.x.intern_atom("_NET_WM_CM_S0"), X.CurrentTime)
    client.x.sync()
    id = session.xterm("secret account", *SECRET)
    seen(desktop)
    session.run("xdotool", "windowmove", "--sync", str(id), "40", "50")
    assert desktop.snapshot(secret) is None
    time.sleep(0.4)
    assert desktop.snapshot(secret) is not None


def test_a_lock_screen_is_told_and_hides_everything(session: Session, desktop: X11Desktop) -> None:
    session.xterm("open")
    assert not desktop.look(nothing).locked
    locker = session.start("i3lock", "-n", "-c", "000000")
    until(lambda: desktop.look(nothing).locked)
    snapshot = desktop.snapshot(nothing)
    assert snapshot is not None
    assert (snapshot.locked, snapshot.frames) == (True, ())
    session.stop(locker)
    until(lambda: not desktop.look(nothing).locked)


def test_a_small_popup_and_the_overlay_of_a_compositor_are_no_lock_screen(
    session: Session, desktop: X11Desktop, client: Client
) -> None:
    client.popup(Rect(0, 0, 1600, 899))
    assert not desktop.look(nothing).locked
    client.x.screen().root.composite_get_overlay_window()
    client.x.sync()
    assert composite.extname
    assert not desktop.look(nothing).locked
