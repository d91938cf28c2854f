"""What must not be kept: excluded pages and programs, a locked screen, secrets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gum.config import Config, Exclude
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, CoverageState, Episode
from gum.store import Store
from tests.perceive.reading_pixels import (
    BROWSER,
    CANARY,
    START,
    PixelReader,
    active,
    after,
    coverage,
    everything,
    focused,
    of_kind,
    perceived,
    seen,
    window,
)


@pytest.mark.parametrize(
    "hidden",
    [
        seen(CANARY, 1, window("keepassxc", CANARY, 5)),
        seen(CANARY, 1, window("Chromium", f"{CANARY} - Private Browsing", 5)),
        seen(CANARY, 1, window("xterm", f"gum-desktop {CANARY}", 5)),
        replace(seen(CANARY, 1, window("Chromium", "Bank", 5)), url=f"https://bank.example/{CANARY}"),
        seen(f"Bank x\nC bank.example/{CANARY} @\n{CANARY}", 1, window("Chromium", "Accounts", 5)),
        replace(seen(CANARY, 1, window("", "", 5)), excluded=True),
        Capture("notifications", "text", after(1), "keepassxc", text=CANARY),
    ],
)
def test_of_what_is_excluded_only_the_interval_is_kept(home: Home, reader: PixelReader, hidden: Capture) -> None:
    config = Config(exclude=Exclude(apps=("keepassxc",), sites=("bank.example",)))
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, config)
        assert perceived(perceiver, seen("before", 0), hidden, seen("after", 2))
        assert coverage(store) == [CoverageState.RECORDED, CoverageState.EXCLUDED, CoverageState.RECORDED]
        assert [one.text for one in of_kind(store, "screen")] == ["before", "after"]
    assert CANARY.encode() not in everything(home)


def test_nothing_of_an_excluded_page_is_kept_from_captures_that_show_no_address(
    home: Home, reader: PixelReader
) -> None:
    bank = window("Chromium", f"{CANARY} - Chromium", 5)
    page, news = seen("Bank x\nC bank.example/start @\nbalance", 2, bank), window("Chromium", "News - Chromium", 5)
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, Config(exclude=Exclude(sites=("bank.example",))))
        perceived(perceiver, seen("before", 0), focused(1, bank), active(1.5, 3, of=bank), page)
        perceived(perceiver, active(3, 9, of=bank), focused(4, bank), focused(5, news))
        perceived(perceiver, seen("News x\nC news.example @\nrain", 6, news), active(7, 2, of=news))
        assert [one.title for one in of_kind(store, "window")] == ["notes.txt - Mousepad", "News - Chromium"]
        assert [one.keys for one in of_kind(store, "activity")] == [2]
        assert coverage(store) == [CoverageState.RECORDED, CoverageState.EXCLUDED, CoverageState.RECORDED]
    assert CANARY.encode() not in everything(home)


def test_a_page_is_seen_again_once_its_address_bar_shows_another_site(home: Home, reader: PixelReader) -> None:
    tab = window("Chromium", "New page - Chromium", 5)
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, Config(exclude=Exclude(sites=("bank.example",))))
        perceived(perceiver, seen("Bank x\nC bank.example @\nbalance", 0, tab), active(1, 2, of=tab))
        perceived(perceiver, seen("Ferries x\nC ferry.example/times @\n23:40", 2, tab), active(3, 4, of=tab))
        assert [one.keys for one in of_kind(store, "activity")] == [4]


def test_excluded_time_is_not_dwell(perceiver: Perceiver, store: Store) -> None:
    perceived(
        perceiver, focused(0), seen("a", 5), focused(6, excluded=True, app="", title="", window=None), seen("a", 60)
    )
    assert [(one.captured_at, one.until) for one in of_kind(store, "window")] == [
        (after(0), after(5)),
        (after(60), after(60)),
    ]


def test_a_locked_screen_leaves_an_interval_and_nothing_else(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, seen("a", 0), replace(seen(CANARY, 1), locked=True))
    assert coverage(store) == [CoverageState.RECORDED, CoverageState.LOCKED]
    assert perceiver.state is CoverageState.LOCKED


def test_a_secret_goes_from_text_title_and_address_and_takes_the_pixels_with_it(
    home: Home, reader: PixelReader
) -> None:
    secret = "ghp_" + "9aB8cD7eF6" * 4
    of = window("Mousepad", f"{secret}.txt - Mousepad")
    shown = replace(seen(f"token {secret} end", 0, of), url=f"https://x.test/?token={secret}")
    with Store.open(home) as store:
        perceived(Perceiver(store, reader, Config()), shown)
        (kept,) = of_kind(store, "screen")
        assert kept.text == "token [redacted: GitHub token] end"
        assert kept.title == "[redacted: GitHub token].txt - Mousepad"
        assert kept.frame == ""
        assert store.frames.bytes_used() == 0
    assert secret[4:12].encode() not in everything(home)


def test_a_secret_in_a_sent_text_is_found_through_control_characters(home: Home, reader: PixelReader) -> None:
    secret = "ghp_" + "9aB8cD7eF6" * 4
    sent = Capture("notes", "text", START, "Notes", text=f"token {secret[:9]}\x00{secret[9:]} end")
    with Store.open(home) as store:
        (kept,) = perceived(Perceiver(store, reader, Config()), sent)
        assert kept.text == "token [redacted: GitHub token] end"


def test_a_page_over_the_whole_screen_is_seen_only_under_a_title_whose_address_was_read(
    perceiver: Perceiver, store: Store
) -> None:
    kiosk = replace(BROWSER, title="Accounts - Chromium")
    perceived(perceiver, focused(0, kiosk), seen("Balance 1,204", 1, kiosk))
    assert store.observations.count() == 0
    perceived(perceiver, seen("ferry.example/\nLast ferry", 5, BROWSER), seen("Last ferry 23:40", 9, BROWSER))
    assert [one.text for one in of_kind(store, "screen")] == ["Last ferry", "Last ferry 23:40"]
    perceived(perceiver, seen("Another page", 12, kiosk))
    assert "Another" not in of_kind(store, "screen")[-1].text


def test_after_an_excluded_page_nothing_of_its_window_is_seen_until_another_address_is_read(
    store: Store, reader: PixelReader
) -> None:
    perceiver = Perceiver(store, reader, Config(exclude=Exclude(sites=("bank.example",))))
    other = replace(BROWSER, title="Transfers - Chromium")
    perceived(perceiver, seen("bank.example/home\nBalance", 0, BROWSER), seen("To whom?", 2, other), focused(3, other))
    assert store.observations.count() == 0
    perceived(perceiver, seen("ferry.example/\nLast ferry", 5, other))
    assert [one.text for one in of_kind(store, "screen")] == ["Last ferry"]


def test_the_ledger_counts_what_was_kept_hidden_and_redacted(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, focused(0), seen("password: korvapuusti7", 1), focused(5, window("keepassxc", "x", 4)))
    counted = {(one.what, one.reason): one.count for one in store.ledger.between()}
    assert counted["redacted", "password"] == 1
    assert counted["observations kept", "screen"] == 1
    assert counted["pictures not kept", "a secret was read"] == 1
    assert counted["captures not seen", "app"] == 1


def test_what_was_taken_back_leaves_no_name_in_its_closed_episode(store: Store, reader: PixelReader) -> None:
    perceiver = Perceiver(store, reader, Config(exclude=Exclude(sites=("bank.example",))))
    perceived(perceiver, focused(0, BROWSER))
    [one] = of_kind(store, "window")
    episode = store.episodes.add(
        Episode(started_at=after(0), ended_at=after(1), app="Chromium", document="Ferries", topic="Ferries",
                dwell_s=1.0, keys=0, clicks=0, observations=(one.id,))
    )  # fmt: skip
    store.episodes.close(episode.id)
    perceived(perceiver, seen("bank.example/home\nBalance", 1, BROWSER))
    assert store.observations.get(one.id).title == ""
    assert (store.episodes.get(episode.id).document, store.episodes.get(episode.id).topic) == ("", "")
