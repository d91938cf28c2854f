"""The application stays calm whatever the daemon and the person do."""

from __future__ import annotations

import os
import random
import socket
import threading

import pytest
from gum_tui import keys, theme
from gum_tui.app import STATUS_LANE, GumApp, StatusRead
from gum_tui.remote import CallFailed
from gum_tui.screens.section import OpenIn
from gum_tui.widgets import navigation
from gum_tui.widgets.navigation import SECTIONS, SHORT
from textual.pilot import Pilot

from gum.client import Client
from gum.errors import ClientError
from tests.tui.driving import Daemon, burst, drive, seen, shows, until

KEYS = int(os.environ.get("GUM_TEST_KEYS", "200"))
BURST = 10


def test_every_screen_is_one_key_or_one_click_away(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "search by words or meaning")
        await pilot.press("3")
        await shows(pilot, "Asked because")
        await pilot.press("4")
        await shows(pilot, "open")
        await pilot.press("5")
        await shows(pilot, "55 min")
        await pilot.press("6")
        await shows(pilot, "Can the probabilities be relied on?")
        await pilot.press("7", "escape", "8")
        await shows(pilot, "Programs with access")
        await pilot.press("9")
        await shows(pilot, "Catalogue")
        await pilot.click("Navigation", offset=(2, 0))
        await shows(pilot, "Beliefs to review")

    drive(daemon.client(), walk)


@pytest.mark.parametrize(
    ("key", "table"),
    [("1", keys.TODAY), ("2", keys.PROPOSITIONS), ("4", keys.SUGGESTIONS), ("8", keys.PRIVACY), ("9", keys.MODELS)],
)
def test_help_lists_the_keys_of_the_screen_from_their_table(
    daemon: Daemon, key: str, table: tuple[keys.Key, ...]
) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press(key, "question_mark")
        await shows(pilot, "Keys of this screen", *[each.meaning for each in table])
        await pilot.press("escape")
        await until(pilot, lambda: "Keys of this screen" not in seen(pilot), "the screen")

    drive(daemon.client(), walk, (120, 60))


def test_the_palette_offers_the_same_table(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        await shows(pilot, "Search for commands")
        await pilot.press(*"pause")
        await shows(pilot, "Stop observing for 15 minutes")
        await pilot.press("down", "enter")
        await shows(pilot, "paused until 16:35")

    drive(daemon.client(), walk)


def test_dark_and_light_change_by_key(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        assert pilot.app.theme == theme.DARK.name
        await pilot.press("ctrl+t")
        assert pilot.app.theme == theme.LIGHT.name
        await shows(pilot, "Beliefs to review")

    drive(daemon.client(), walk)


def test_without_colour_nothing_is_lost(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def walk(pilot: Pilot[None]) -> None:
        assert pilot.app.no_color
        await shows(pilot, " a  Mousepad 3 h", "░░░ locked 28 min")

    drive(daemon.client(), walk)


@pytest.mark.parametrize("mode", [mode for mode, _ in SECTIONS])
def test_the_titles_are_whole_wherever_they_fit_and_words_elsewhere(mode: str) -> None:
    assert navigation.fitting(mode, 120) == navigation.fitting(mode, 160) == dict(SECTIONS)
    narrow = navigation.fitting(mode, 80)
    assert narrow == {each: title if each == mode else SHORT.get(each, title) for each, title in SECTIONS}
    assert navigation.fitting(mode, 40) == {each: title if each == mode else "" for each, title in SECTIONS}


def test_the_top_line_has_room_for_the_light_in_every_width(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2", "1", "p")
        await shows(pilot, "4 Suggestions 5 Timeline 6 Insights 7 Ask 8 Privacy 9 Models  ", "‖ paused until 16:35")
        await pilot.resize_terminal(80, 24)
        await shows(pilot, "8 Priv 9 Mod")
        await shows(pilot, "until 16:35")
        await pilot.press("2")
        await shows(pilot, "2 Propositions  3 Rev 4 Sug 5 Time")
        await pilot.resize_terminal(160, 24)
        await shows(pilot, "gum-desktop", "8 Privacy  9 Models")
        await pilot.resize_terminal(40, 24)
        await shows(pilot, "1  2 Propositions  3  4  5")
        await pilot.press("1")
        await pilot.resize_terminal(60, 24)
        await shows(pilot, "9     ", "until 16:35")

    drive(daemon.client(), walk)


def test_the_light_is_said_in_fewer_words_rather_than_cut(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "✕ not capturing")
        await pilot.press("2")
        await shows(pilot, "9 Mod  ", "✕ off")

    drive(daemon.client(), walk, size=(80, 24))


@pytest.mark.parametrize("key", "123456789")
def test_what_arrives_while_a_screen_is_taken_down_does_no_harm(daemon: Daemon, key: str) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, GumApp)
        await pilot.press(key)
        await until(pilot, lambda: app.remote.status and app.section, "the status")
        status, section = app.remote.status, app.section
        assert status
        assert section
        await section.remove()
        app.remote.trouble = "away"
        app.on_status_read(StatusRead(status))
        app.on_call_failed(CallFailed(STATUS_LANE, ClientError("away")))
        await app.on_open_in(OpenIn(section.MODE, 1))
        app.action_retry()
        assert app.section is None

    drive(daemon.client(), walk)


def test_help_stands_in_the_last_line_however_narrow_it_is(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        for width in (80, 50, 30):
            await pilot.resize_terminal(width, 24)
            await shows(pilot, "…  ? Help")
        await pilot.resize_terminal(120, 24)
        await shows(pilot, "x Forget  ? Help")

    drive(daemon.client(), walk, (80, 24))


def test_no_letter_of_a_quick_search_is_taken_for_a_verdict(daemon: Daemon) -> None:
    before = daemon.store.verdicts.list("proposition")

    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "Evidence for")
        await burst(pilot, ["slash", *"rnc"])
        await shows(pilot, "rnc", "No belief fits.")
        await pilot.press("slash", "x")
        await shows(pilot, "rnc/x")
        assert daemon.store.verdicts.list("proposition") == before

    drive(daemon.client(), walk)


def test_of_two_quick_keys_the_second_finds_the_dialog_closed(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2", "s")
        await shows(pilot, "Which beliefs?")
        await burst(pilot, ["enter", "enter", "escape"])
        await pilot.press("ctrl+p")
        await burst(pilot, ["escape", "escape"])
        await shows(pilot, "search by words")

    drive(daemon.client(), walk)


def test_the_palette_opens_again_while_it_still_closes(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        app = pilot.app
        await shows(pilot, "Beliefs to review  7")
        app.action_command_palette()
        await pilot.pause()
        app.screen.dismiss()
        app.action_command_palette()
        await shows(pilot, "Search for commands")
        await pilot.press("escape")
        await shows(pilot, "Beliefs to review  7")

    drive(daemon.client(), walk)


def test_an_absent_daemon_is_said_and_waited_for(daemon: Daemon) -> None:
    daemon.go_away()

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "No daemon answers", "gumctl start", "no answer")
        for key in "23451":
            await pilot.press(key)
            await pilot.pause(0.05)
        daemon.come_back()
        await pilot.press("ctrl+r")
        await shows(pilot, "Beliefs to review  7", "Tuesday 3 March 2026")
        await until(pilot, lambda: "No daemon answers" not in seen(pilot), "the end of the banner")

    drive(daemon.client(), walk)


def test_a_daemon_that_restarts_is_found_again_without_a_key(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        daemon.go_away()
        await shows(pilot, "No daemon answers")
        daemon.come_back()
        await until(pilot, lambda: "No daemon answers" not in seen(pilot), "the end of the banner")

    drive(daemon.client(), walk)


def test_a_daemon_that_restarts_at_another_address_is_found_there(daemon: Daemon) -> None:
    """Meanwhile another program takes the old address; it is told nothing."""

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        old = daemon.url
        daemon.url = ""
        daemon.go_away()
        await shows(pilot, "No daemon runs; start it with: gumctl start")
        with socket.create_server(("127.0.0.1", int(old.rsplit(":", 1)[1]))) as other:
            other.settimeout(1.0)
            daemon.come_back(elsewhere=True)
            assert daemon.url != old
            await until(pilot, lambda: "No daemon" not in seen(pilot), "the end of the banner")
            with pytest.raises(TimeoutError):
                other.accept()

    drive(daemon.client(), walk)


def test_a_wrong_token_is_said(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "!", "token")

    drive(Client(daemon.url, "wrong" * 10), walk)


def test_a_slow_daemon_leaves_the_keys_working() -> None:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"

        async def walk(pilot: Pilot[None]) -> None:
            await pilot.press("2")
            await shows(pilot, "search by words")
            await pilot.press("5", "question_mark")
            await shows(pilot, "Keys of this screen")
            await pilot.press("escape")
            await shows(pilot, "did not answer in time")

        drive(Client(url, "t" * 43, timeout=0.5), walk)


def test_something_else_at_the_address_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        page = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>"

        def serve() -> None:
            while True:
                try:
                    connection, _ = other.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    connection.sendall(page)

        threading.Thread(target=serve, daemon=True).start()

        async def walk(pilot: Pilot[None]) -> None:
            await shows(pilot, "could not be read")

        drive(Client(f"http://127.0.0.1:{other.getsockname()[1]}", "t" * 43), walk)
        other.shutdown(socket.SHUT_RDWR)


@pytest.mark.timeout(60 + KEYS)
def test_random_keys_and_sizes_do_no_harm(daemon: Daemon) -> None:
    chance = random.Random(7)
    first = (keys.TODAY, keys.PROPOSITIONS, keys.REVIEW, keys.SUGGESTIONS, keys.TIMELINE)
    screens = (*first, keys.INSIGHTS, keys.ASK, keys.PRIVACY, keys.MODELS, keys.WELCOME)
    table = (*keys.EVERYWHERE, *keys.LIST, *(key for screen in screens for key in screen))
    every = [each for key in table if key.action != "quit" for each in key.keys.split(",")]
    every += ["tab", "shift+tab", "space", "x", "enter", "escape", "escape", "ctrl+s"]

    pressed = 0

    async def walk(pilot: Pilot[None]) -> None:
        nonlocal pressed
        while pressed < KEYS and pilot.app.is_running:  # a command of the palette is to leave
            await burst(pilot, chance.choices(every, k=BURST))
            pressed += BURST
            if chance.random() < 0.3:
                await pilot.resize_terminal(chance.randrange(20, 200), chance.randrange(6, 60))

    async def look(pilot: Pilot[None]) -> None:
        await shows(pilot, "Tuesday 3 March 2026")

    while pressed < KEYS:
        drive(daemon.client(), walk)
    drive(daemon.client(), look)


def test_one_message_takes_the_place_of_another_and_a_warning_has_its_time(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        section = pilot.app.section  # type: ignore[attr-defined]
        section.tell("first")
        await shows(pilot, "first")
        section.tell("second")
        await shows(pilot, "second")
        assert "first" not in seen(pilot)
        section.tell("refused", wrong=True)
        section.tell("third")
        await shows(pilot, "third", "refused")

    drive(daemon.client(), walk)
