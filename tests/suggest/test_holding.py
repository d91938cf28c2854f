"""Our own notification server on a real bus and screen: now, later or the digest, and none is ever lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from gum_observers.mask import overlap
from gum_observers.x11 import X11Desktop
from gum_observers.x11_connection import Connection, numbers
from Xlib.error import XError

from gum.client import ForgetIn
from gum.daemon import holding
from gum.records import Capture, Claim, InputCounts, Kind, Rect
from gum.suggest.notifiers.freedesktop import FreedesktopNotifier
from tests.suggest.test_triage import known
from tests.waiting import until
from tests.working import Daemon, HandClock, Home, Running, connect, gumctl, running, settings

NEEDED = ("Xvfb", "dbus-daemon", "notify-send", "xdotool", "gdbus")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}")
KILLS = int(os.environ.get("GUM_TEST_KILLS", "2"))
CALM = {"quiet_from": "00:00", "quiet_until": "00:00", "hold_notifications": True, "notifier": ""}
CONFIG = settings(suggest=CALM, capture={"observers": ["notifications"]}, exclude={"apps": ["Vault"], "seeded": False})
PLACE = ("--session", "--dest", "org.freedesktop.Notifications", "--object-path", "/org/freedesktop/Notifications")


def popups() -> list[Rect]:
    """Return where windows lie that say that they are notifications."""
    x = Connection()
    try:
        kind, found = x.atom("_NET_WM_WINDOW_TYPE_NOTIFICATION"), []
        for window in x.root.query_tree().children:
            if kind in numbers(x.ask_property(int(window.id), "_NET_WM_WINDOW_TYPE")):
                with suppress(XError):  # it has gone meanwhile
                    place = window.get_geometry()
                    found.append(Rect(place.x, place.y, place.width, place.height))
        return sorted(found, key=lambda one: one.y)
    finally:
        x.close()


def focus() -> int:
    x = Connection()
    try:
        window = x.x.get_input_focus().focus
        return int(getattr(window, "id", window))
    finally:
        x.close()


def notify(*arguments: str, app: str = "Mail") -> int:
    """Notify as programs do; return the id that the server gave."""
    command = ["notify-send", "-p", "-a", app, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)


def click(place: Rect, x: int = 20, y: int = 20, button: int = 1) -> None:
    command = ["xdotool", "mousemove", str(place.x + x), str(place.y + y), "click", str(button)]
    subprocess.run(command, check=True)


def types(now: Running) -> None:
    """Let the person be in the middle of a burst of keys."""
    at = now.service.clock()
    now.service.agent.receive(Capture("activity", "activity", at, app="Editor", input=InputCounts(keys=40)))


def states(now: Running) -> dict[str, tuple[str, str]]:
    return {one.summary: (one.rank, one.state) for one in now.client.notifications().items}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "AGAIN_S", 0.2)


@pytest.fixture
def held(bus: str, display: str, tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "home", CONFIG, HandClock()) as now:
        now.service.store.propositions.add(
            known("The user reads about herons.", Kind.INTEREST, Claim("researches", "heron migration")),
            "test",
            "test",
        )
        until(lambda: now.client.status().notifications == "freedesktop")
        yield now


def test_each_is_shown_held_or_left_by_what_it_matters(held: Running) -> None:
    types(held)
    notify("-u", "critical", "Battery", "5 minutes")
    notify("Heron migration", "<b>A new</b> article &amp; a map")
    notify("Shoes", "50 % off")
    until(lambda: len(popups()) == 1)
    assert len(held.client.notifications().items) == 3, "the observer and the server must not both keep them"
    assert states(held) == {
        "Battery": ("now", "shown"),
        "Heron migration": ("later", "held"),
        "Shoes": ("digest", "closed"),
    }
    bodies = {one.summary: one.body for one in held.client.notifications().items}
    assert bodies["Heron migration"] == "A new article & a map"
    held.service.clock.forward(minutes=1)  # type: ignore[attr-defined]
    until(lambda: len(popups()) == 2)
    assert states(held)["Heron migration"] == ("later", "shown")
    assert {one.summary for one in held.client.digest().notifications} == set(bodies)


def test_a_popup_takes_no_focus_and_no_observer_reads_it(held: Running) -> None:
    before = focus()
    notify("-u", "critical", "Battery", "5 minutes")
    until(lambda: len(popups()) == 1)
    assert focus() == before
    (place,) = popups()
    desktop = X11Desktop()
    try:
        taken = desktop.snapshot(lambda _: False)
        assert taken is not None
        (frame,) = taken.frames
        assert overlap(place, frame.rect) == place
        starts = [(y * frame.rect.width + place.x) * 4 for y in range(place.y, place.y + place.height)]
        assert not any(any(frame.pixels[start : start + place.width * 4]) for start in starts)
    finally:
        desktop.close()


def test_a_click_invokes_the_action_and_its_program_is_told(held: Running) -> None:
    command = ["notify-send", "-u", "critical", "-a", "Mail", "-A", "default=Open", "-A", "no=Not now", "Post", "Hi"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting:
        until(lambda: len(popups()) == 1)
        (place,) = popups()
        click(place)
        assert waiting.communicate(timeout=20)[0].strip() == "default"
    until(lambda: popups() == [])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting:
        until(lambda: len(popups()) == 1)
        (place,) = popups()
        click(place, 100, place.height - 20)
        assert waiting.communicate(timeout=20)[0].strip() == "no"
    until(lambda: popups() == [])
    assert {one.state for one in held.client.notifications().items} == {"closed"}


def test_one_replaces_another_of_its_program_alone_and_can_be_taken_back(held: Running) -> None:
    first = notify("-u", "critical", "Download", "10 %")
    assert notify("-u", "critical", "-r", str(first), "Download", "90 %") == first
    assert notify("-u", "critical", "-r", str(first), "Gotcha", app="Other") != first
    until(lambda: len(popups()) == 2)
    closing = ["gdbus", "call", *PLACE, "--method", "org.freedesktop.Notifications.CloseNotification", str(first)]
    subprocess.run(closing, check=True, capture_output=True)
    until(lambda: len(popups()) == 1)
    assert held.service.store.notices.get(first).state == "closed"  # type: ignore[union-attr]


def test_it_ends_by_itself_after_its_time(held: Running) -> None:
    notify("-u", "critical", "-t", "400", "Battery")
    until(lambda: len(popups()) == 1)
    until(lambda: popups() == [])
    until(lambda: states(held)["Battery"] == ("now", "closed"))


def test_many_that_waited_are_told_of_in_one_line(held: Running) -> None:
    types(held)
    for number in range(5):
        notify(f"Heron migration {number}")
    held.service.clock.forward(minutes=1)  # type: ignore[attr-defined]
    until(lambda: len(popups()) == 1)
    until(lambda: {state for _, state in states(held).values()} == {"closed"})
    assert len(popups()) == 1


def test_what_may_not_be_kept_is_shown_at_once_and_not_kept(held: Running) -> None:
    types(held)
    notify("-u", "low", "Code", "4711", app="Vault")
    until(lambda: len(popups()) == 1)
    held.client.pause(5)
    notify("-u", "low", "Anything")
    until(lambda: len(popups()) == 2)
    assert held.client.notifications().items == []


def test_what_is_forgotten_leaves_the_screen_and_is_not_shown_later(held: Running) -> None:
    types(held)
    notify("-u", "critical", "Battery")
    later = notify("Heron migration")
    until(lambda: len(popups()) == 1)
    done = held.client.forget(ForgetIn(app="Mail"))
    until(lambda: popups() == [])
    assert held.client.notifications().items == []
    held.service.clock.forward(minutes=1)  # type: ignore[attr-defined]
    held.client.undo_forget(done.id)
    until(lambda: held.service.store.notices.get(later).state == "shown")  # type: ignore[union-attr]
    until(lambda: len(popups()) == 1)


def test_our_own_suggestions_are_shown_and_answered_but_not_observed(held: Running) -> None:
    answers: list[tuple[int, str]] = []
    notifier = FreedesktopNotifier(lambda id, said: answers.append((id, said)))
    try:
        notifier.tell(7, "Keep it")
        until(lambda: len(popups()) == 1)
        (place,) = popups()
        click(place, 40, place.height - 20)
        until(lambda: answers == [(7, "accept")])
    finally:
        notifier.close()
    assert held.client.notifications().items == []


def test_it_says_what_it_is_and_refuses_what_it_does_not_know(held: Running) -> None:
    def call(method: str) -> subprocess.CompletedProcess[str]:
        command = ["gdbus", "call", *PLACE, "--method", f"org.freedesktop.Notifications.{method}"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "gum-desktop" in call("GetServerInformation").stdout
    assert re.findall(r"'([a-z]+)'", call("GetCapabilities").stdout) == ["actions", "body", "persistence"]
    assert "UnknownMethod" in call("Nonsense").stderr


@pytest.mark.skipif(shutil.which("dunst") is None, reason="needs dunst")
def test_another_server_keeps_the_name_until_it_ends(bus: str, display: str, tmp_path: Path) -> None:
    with subprocess.Popen(["dunst"], stderr=subprocess.DEVNULL) as other:
        asked = ["gdbus", "call", *PLACE, "--method", "org.freedesktop.Notifications.GetServerInformation"]
        until(lambda: subprocess.run(asked, capture_output=True, check=False).returncode == 0)
        with running(tmp_path / "home", CONFIG, HandClock()) as now:
            until(lambda: "dunst is the notification server" in now.client.status().notifications)
            assert "End it" in now.client.status().notifications
            said = gumctl(now.home, "status").stdout
            assert re.search(r"holding +dunst is the notification server", said)
            other.terminate()
            until(lambda: now.client.status().notifications == "freedesktop")
    assert subprocess.run(asked, capture_output=True, check=False).returncode != 0, "the name is not free again"


def test_without_a_display_it_is_kept_and_listed(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with running(tmp_path / "home", CONFIG, HandClock()) as now:
        until(lambda: now.client.status().notifications == "freedesktop")
        notify("-u", "critical", "Battery")
        until(lambda: states(now) == {"Battery": ("now", "held")})
        refused = subprocess.run(["notify-send", "-a", "Vault", "Code"], check=False, capture_output=True)
        assert refused.returncode != 0, "it is neither kept nor shown, and its program must know"


@pytest.mark.timeout(1800)
def test_none_that_was_answered_is_lost_when_the_daemon_is_killed(bus: str, display: str, tmp_path: Path) -> None:
    daemon = Daemon(Home(tmp_path / "home"), {"DISPLAY": display})
    daemon.home.create()
    daemon.home.config.write_text(
        "[capture]\nobservers = []\n[suggest]\nhold_notifications = true\nquiet_from = '00:00'\nquiet_until = '00:00'\n"
    )
    answered: list[str] = []
    stop = threading.Event()

    def send() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            urgency = "critical" if number == 1 else "normal"
            command = ["notify-send", "-p", "-u", urgency, "-a", "Mail", f"Message number {number}"]
            if subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0:
                answered.append(f"Message number {number}")

    try:
        daemon.start()
        until(lambda: status(daemon) == "freedesktop")
        sender = threading.Thread(target=send)
        sender.start()
        for _ in range(KILLS):
            before = len(answered)
            until(lambda before=before: len(answered) > before + 5, 60)  # type: ignore[misc]
            daemon.kill()
            daemon.start()
            until(lambda: status(daemon) == "freedesktop")
        stop.set()
        sender.join(60)
        with connect(daemon.home) as client:
            kept = [one.summary for one in client.notifications().items]
        assert set(answered) <= set(kept)
        assert len(kept) == len(set(kept))
        until(lambda: len(popups()) == 1, 30)  # the critical one stands there again
    finally:
        stop.set()
        daemon.close()


def status(daemon: Daemon) -> str:
    with connect(daemon.home) as client:
        return client.status().notifications
