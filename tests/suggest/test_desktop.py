"""A real notification daemon on a bus and a screen of its own: told, clicked, done, undone; seen and ranked."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.daemon.checks.parts import built
from gum.errors import DesktopError
from gum.paths import Home
from gum.records import Suggestion
from gum.suggest.effects import clipboard
from gum.suggest.notifiers.desktop import DesktopNotifier
from gum.suggest.notifiers.freedesktop import FreedesktopNotifier
from tests.waiting import until
from tests.working import HandClock, Running, running, settings

NEEDED = ("Xvfb", "dbus-daemon", "dunst", "dunstctl", "notify-send")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}")
LIBRARY = importlib.util.find_spec("desktop_notifier") is not None
LIVELY = {"quiet_from": "00:00", "quiet_until": "00:00", "burn_in_hours": 0}


@pytest.fixture
def dunst(bus: str, display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real notification daemon under a virtual screen."""
    monkeypatch.setenv("HOME", str(tmp_path))
    menu = tmp_path / "menu"  # takes the place of the menu in which a person chooses one of the actions
    menu.write_text(f"#!/bin/sh\ngrep -m1 -F \"$(cat '{tmp_path}/choice')\"\n")
    menu.chmod(0o700)
    rules = tmp_path / "dunstrc"
    rules.write_text(f"[global]\n    dmenu = {menu}\n")
    with subprocess.Popen(["dunst", "-conf", str(rules)], stderr=subprocess.DEVNULL) as server:
        until(lambda: subprocess.run(["dunstctl", "count"], capture_output=True, check=False).returncode == 0)
        yield bus
        server.terminate()


def on_screen() -> int:
    said = subprocess.run(["dunstctl", "count", "displayed"], capture_output=True, text=True, check=True)
    return int(said.stdout)


def click(folder: Path, choice: str = "Accept") -> None:
    """Choose an action of the notifications on screen, as a person does in the server's menu."""
    (folder / "choice").write_text(choice)
    subprocess.run(["dunstctl", "context"], check=True)


def offered(now: Running, action: str = "note", key: str = "k", **payload: object) -> int:
    given = payload or {"title": "Survey", "markdown": "All of it."}
    made = now.service.store.suggestions.add(
        Suggestion("scripted", "Keep <b>the survey</b>", "", action, given, (), "shown", {}, key, now.service.clock())
    )
    assert made is not None
    return made.id


@pytest.fixture
def told(dunst: str, tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "home", settings(suggest=LIVELY), HandClock()) as now:
        yield now


def test_accepted_on_the_desktop_it_is_done_and_undo_takes_it_back(told: Running, tmp_path: Path) -> None:
    id = offered(told)
    until(lambda: on_screen() == 1)
    assert told.client.status().notifier == "freedesktop"
    click(tmp_path)
    until(lambda: told.client.suggestion(id).status == "accepted")
    (path,) = told.client.suggestion(id).files
    assert Path(path).read_text() == "All of it.\n"
    assert told.client.undo_suggestion(id).status == "undone"
    assert not Path(path).exists()


def test_answered_elsewhere_it_leaves_the_desktop(told: Running) -> None:
    id = offered(told)
    until(lambda: on_screen() == 1)
    told.client.dismiss(id)
    until(lambda: on_screen() == 0)


def test_a_prepared_reply_reaches_the_clipboard_and_undo_gives_the_old_text_back(told: Running) -> None:
    if not (shutil.which("xclip") or shutil.which("xsel")):
        pytest.skip("needs xclip or xsel")
    clipboard.write("before")
    id = offered(told, "reply", text="Dear Maria, yes.")
    told.client.accept(id)
    assert clipboard.read() == "Dear Maria, yes."
    told.client.undo_suggestion(id)
    assert clipboard.read() == "before"


def test_a_signal_of_another_program_is_no_answer(dunst: str, tmp_path: Path) -> None:
    answers: list[tuple[int, str]] = []
    notifier = FreedesktopNotifier(lambda id, said: answers.append((id, said)))
    notifier.tell(7, "Keep it")
    shown = next(iter(notifier._told))
    place = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications")
    forge = [
        *("dbus-send", f"--bus={dunst}", "--type=signal", place[0], f"{place[1]}.ActionInvoked"),
        *(f"uint32:{shown}", "string:accept"),
    ]
    subprocess.run(forge, check=True)
    time.sleep(0.3)
    assert answers == []
    click(tmp_path)
    until(lambda: answers == [(7, "accept")])
    notifier.close()


def test_without_a_notification_daemon_it_says_so_and_tries_again(bus: str, tmp_path: Path) -> None:
    clock = HandClock()
    with running(tmp_path / "home", settings(suggest=LIVELY), clock) as now:
        id = offered(now)
        until(lambda: "no notification server" in now.client.status().notifier)
        assert now.client.suggestion(id).status == "shown"
        assert now.client.status().problems == []


def test_without_a_session_bus_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(DesktopError, match="no session bus"):
        FreedesktopNotifier(print).say("Today", "x")


def test_notifications_of_others_are_seen_ranked_and_ours_are_not(dunst: str, tmp_path: Path) -> None:
    config = settings(
        suggest=LIVELY, capture={"observers": ["notifications"]}, exclude={"apps": ["Vault"], "seeded": False}
    )
    with running(tmp_path / "home", config, HandClock()) as now:
        until(lambda: now.client.status().observers[0].state == "running")
        time.sleep(0.3)
        for app, urgency, summary, body in (
            ("Vault", "normal", "SECRET", "hidden"),
            ("gum-desktop", "normal", "A suggestion", "ours"),
            ("Shop", "low", "Shoes", "<b>50 %</b> off &amp; more"),
            ("Power", "critical", "Battery", "5 minutes"),
        ):
            subprocess.run(["notify-send", "-a", app, "-u", urgency, summary, body], check=True)
        until(lambda: len(now.client.notifications().items) == 2)
        found = now.client.notifications()
    assert [(one.app, one.rank) for one in found.items] == [("Power", "now"), ("Shop", "digest")]
    assert found.items[1].body == "50 % off & more"
    assert found.note == ""


@pytest.mark.skipif(LIBRARY, reason="the [desktop] extra is installed")
def test_without_the_library_the_status_says_how_to_add_it(tmp_path: Path) -> None:
    with running(tmp_path / "home", settings(suggest=LIVELY | {"notifier": "desktop"}), HandClock()) as now:
        assert "-m pip install 'desktop-notifier" in now.client.status().notifier
    found = {one.name: one for one in built(Home(tmp_path / "other"), now.service.config)}
    assert "-m pip install 'desktop-notifier" in found["notifier"].sentence


@pytest.mark.skipif(not LIBRARY, reason="the [desktop] extra is not installed")
def test_by_the_library_it_is_shown_answered_and_taken_off_again(dunst: str, tmp_path: Path) -> None:
    config = settings(suggest=LIVELY | {"notifier": "desktop"})
    with running(tmp_path / "home", config, HandClock()) as now:
        id = offered(now)
        until(lambda: on_screen() == 1)
        click(tmp_path)
        until(lambda: now.client.suggestion(id).status == "accepted")
        assert now.client.status().notifier == "desktop"
        now.client.undo_suggestion(id)
        subprocess.run(["dunstctl", "close-all"], check=True)
        until(lambda: on_screen() == 0)
        other = offered(now, key="other")
        until(lambda: on_screen() == 1)
        now.client.dismiss(other)
        until(lambda: on_screen() == 0)


@pytest.mark.skipif(not LIBRARY, reason="the [desktop] extra is not installed")
def test_by_the_library_without_a_server_it_says_so(bus: str) -> None:
    notifier = DesktopNotifier(print)
    try:
        with pytest.raises(DesktopError, match="shows no notifications"):
            notifier.say("Today", "x")
    finally:
        notifier.close()
