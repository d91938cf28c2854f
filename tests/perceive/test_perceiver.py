"""From captures to committed observations, on a real store."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace

import pytest
from gum_models.readers.tesseract import TesseractReader
from PIL import Image, ImageDraw, ImageFont

from gum.config import Capture as CaptureSettings
from gum.config import Config
from gum.errors import GumError
from gum.paths import Home
from gum.perceive.encoding import decode, from_image
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, CoverageState, Frame, Observation, Rect, Trust
from gum.store import Store
from tests.perceive.reading_pixels import (
    BROWSER,
    CANARY,
    START,
    PixelReader,
    active,
    after,
    coverage,
    focused,
    of_kind,
    perceived,
    screen,
    seen,
    window,
)

# ------------------------------------------------------------------------- windows


def test_a_stay_is_one_window_observation_that_lasts_until_the_next(perceiver: Perceiver, store: Store) -> None:
    perceived(
        perceiver,
        focused(0),
        seen("Dear", 4),
        active(9, clicks=1),
        focused(20, BROWSER),
        seen("ferry.example/\nx", 21, BROWSER),
    )
    first, second = of_kind(store, "window")
    assert (first.app, first.captured_at, first.until) == ("Mousepad", after(0), after(20))
    assert (second.app, second.captured_at, second.until) == ("Chromium", after(20), after(21))
    assert first.trust is Trust.SYSTEM


def test_a_frame_of_a_new_title_begins_a_stay_before_the_window_observer_tells(
    perceiver: Perceiver, store: Store
) -> None:
    perceived(perceiver, seen("Dear", 0), focused(0.2), focused(0.2))
    assert len(of_kind(store, "window")) == 1


def test_a_capture_that_comes_late_from_the_window_that_was_left_begins_no_stay(
    perceiver: Perceiver, store: Store
) -> None:
    perceived(perceiver, focused(0), focused(10, BROWSER), seen("late", 9.8), active(10.1, keys=3))
    assert [one.app for one in of_kind(store, "window")] == ["Mousepad", "Chromium"]
    assert [one.app for one in of_kind(store, "screen")] == ["Mousepad"]


def test_a_long_silence_ends_a_stay(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, focused(0), seen("a", 5), seen("a", 4000))
    first, second = of_kind(store, "window")
    assert (first.until, second.captured_at) == (after(5), after(4000))


def test_going_idle_ends_a_stay(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, focused(0), seen("a", 5), active(130, idle_s=125), seen("a", 140))
    assert [(one.captured_at, one.until) for one in of_kind(store, "window")] == [
        (after(0), after(5)),
        (after(140), after(140)),
    ]


def test_a_clock_that_jumped_back_is_kept_as_captured(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, focused(100), seen("a", 101), seen("b", 20), focused(21, BROWSER))
    assert sorted(one.captured_at for one in store.observations.between(None, None)) == [
        after(20),
        after(20),
        after(21),
        after(100),
        after(101),
    ]
    assert all(one.until >= one.captured_at for one in store.observations.between(None, None))


@pytest.mark.parametrize("title", ["Größe – שלום \u200f🎉 👩\u200d💻", "a\x00b\x1b[31m\ud83d", "", "x" * 5000])
def test_any_title_can_be_kept(perceiver: Perceiver, store: Store, title: str) -> None:
    of = window(title=title)
    perceived(perceiver, focused(0, of), seen("text", 1, of))
    (kept,) = of_kind(store, "window")
    assert kept.title == "".join(c for c in title if c not in "\x00\x1b\ud83d")


# ------------------------------------------------------------------------- text on screen


def test_text_is_kept_once_while_it_stays_on_screen(perceiver: Perceiver, store: Store, reader: PixelReader) -> None:
    perceived(perceiver, seen("Dear Margit", 0), seen("Dear Margit", 10), seen("Dear Margit", 20))
    (kept,) = of_kind(store, "screen")
    assert (kept.text, kept.captured_at, kept.until) == ("Dear Margit", after(0), after(20))
    assert reader.read_texts == ["Dear Margit"]


def test_a_window_seen_again_has_its_text_again_without_reading(
    perceiver: Perceiver, store: Store, reader: PixelReader
) -> None:
    perceived(perceiver, seen("Dear", 0), seen("ferry.example/\nFerries", 5, BROWSER), seen("Dear", 9))
    assert [one.text for one in of_kind(store, "screen")] == ["Dear", "Ferries", "Dear"]
    assert reader.read_texts == ["Dear", "ferry.example/\nFerries"]


def test_only_the_active_window_is_read(perceiver: Perceiver, store: Store) -> None:
    of = window(client=Rect(0, 10, 64, 10))
    above, inside, below = (screen(text, Rect(0, 0, 64, 10)).pixels for text in ("above", "inside", "below"))
    frame = Frame(Rect(0, 0, 64, 30), above + inside + below)
    perceived(perceiver, replace(seen("", 0, of), frame=frame))
    (kept,) = of_kind(store, "screen")
    assert kept.text == "inside"
    assert decode(store.frames.get(kept.frame), "kept").size == (64, 10)


def test_a_frame_of_another_monitor_is_not_read(perceiver: Perceiver, store: Store, reader: PixelReader) -> None:
    perceived(perceiver, focused(0), replace(seen("the other monitor", 1), window=None, app="", title=""))
    assert reader.read_texts == []
    assert [one.kind for one in store.observations.between(None, None)] == ["window"]


def test_without_a_reader_the_windows_are_still_known(store: Store) -> None:
    perceived(Perceiver(store, None, Config()), seen("Dear", 0), active(3, keys=2))
    assert [one.kind for one in store.observations.between(None, None)] == ["window", "activity"]


def test_frames_are_not_kept_when_the_person_does_not_want_it(store: Store, reader: PixelReader) -> None:
    perceived(Perceiver(store, reader, Config(capture=CaptureSettings(keep_frames=False))), seen("Dear", 0))
    (kept,) = of_kind(store, "screen")
    assert kept.frame == ""
    assert store.frames.bytes_used() == 0


def test_trust_follows_the_application_and_whether_the_person_writes_in_it(perceiver: Perceiver, store: Store) -> None:
    mail, terminal = window("thunderbird", "Inbox", 3), window("XTerm", "larch", 4)
    shown = [
        seen("a", 0),
        seen("b", 1, keys=1),
        seen("ferry.example/\nc", 2, BROWSER, keys=1),
        seen("d", 3, mail),
        seen("e", 4, terminal),
    ]
    perceived(perceiver, *shown)
    assert [one.trust for one in of_kind(store, "screen")] == [
        Trust.SCREEN,
        Trust.DOCUMENT,
        Trust.UNTRUSTED,
        Trust.UNTRUSTED,
        Trust.SCREEN,
    ]


def test_the_address_of_a_page_is_read_and_its_bar_is_no_text(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, seen("Ferries x + - o x\nC @ ferry.example/times\nLast ferry 23:40", 0, BROWSER))
    (kept,) = of_kind(store, "screen")
    assert (kept.url, kept.text) == ("https://ferry.example/times", "Last ferry 23:40")


# ------------------------------------------------------------------------- typed text and activity


def test_what_was_typed_is_an_observation_of_its_own(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, seen("Speech", 0), seen("Speech\nThe hall is booked for Saturday.", 10, keys=32))
    (typed,) = of_kind(store, "typed")
    assert (typed.text, typed.trust) == ("The hall is booked for Saturday.", Trust.TYPED)


def test_keys_of_the_activity_observer_count_too_but_not_those_of_other_windows(
    perceiver: Perceiver, store: Store
) -> None:
    perceived(perceiver, seen("a", 0), active(1, keys=40, of=BROWSER), seen("a the hall is booked", 2))
    assert of_kind(store, "typed") == []
    perceived(perceiver, active(3, keys=40), seen("a the hall is booked for Saturday", 4))
    assert [one.text for one in of_kind(store, "typed")] == ["the hall is booked for Saturday"]


def test_a_page_that_loads_while_keys_are_pressed_is_not_typed(perceiver: Perceiver, store: Store) -> None:
    page = "Last ferry 23:40 from the north pier every day but Sunday"
    perceived(perceiver, seen("Finder", 0, BROWSER), seen(f"Finder {page}", 2, BROWSER, keys=15))
    assert of_kind(store, "typed") == []


def test_input_counts_are_kept_where_they_were_made(perceiver: Perceiver, store: Store) -> None:
    perceived(perceiver, focused(0), active(5, keys=12, clicks=2), active(9))
    (kept,) = of_kind(store, "activity")
    assert (kept.app, kept.keys, kept.clicks, kept.trust) == ("Mousepad", 12, 2, Trust.SYSTEM)


def test_a_text_of_another_sensor_keeps_its_trust(perceiver: Perceiver, store: Store) -> None:
    note = Capture("notifications", "text", START, "Calendar", text="Cake tasting at 16:30", trust=Trust.UNTRUSTED)
    (kept,) = perceived(perceiver, note)
    assert (kept.kind, kept.text, kept.trust) == ("text", "Cake tasting at 16:30", Trust.UNTRUSTED)


def test_a_capture_of_an_unknown_kind_is_told_and_kept_out(perceiver: Perceiver, store: Store) -> None:
    assert perceived(perceiver, Capture("x", "smell", START, text="roses")) == []
    assert "'smell'" in store.failures.list()[0].reason


# ------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("frame", [Frame(Rect(0, 0, 64, 48), b"\0" * 17), Frame(Rect(0, 0, -4, 9), b"")])
def test_a_corrupt_frame_is_a_failure_and_no_text(perceiver: Perceiver, store: Store, frame: Frame) -> None:
    assert perceived(perceiver, replace(seen("", 0), frame=frame)) == []
    assert coverage(store) == [CoverageState.FAILED]
    assert [failure.part for failure in store.failures.list()] == ["perceive"]
    assert perceived(perceiver, seen("Dear", 1))
    assert perceiver.state is CoverageState.RECORDED


def test_a_reader_that_fails_is_a_failure_and_the_frame_is_read_the_next_time(
    perceiver: Perceiver, store: Store, reader: PixelReader
) -> None:
    reader.fails_on = "Dear"
    assert perceived(perceiver, seen("Dear", 0)) == []
    assert store.failures.list()[0].reason == "The frame is too dark."
    reader.fails_on = ""
    assert [one.text for one in perceived(perceiver, seen("Dear", 1)) if one.kind == "screen"] == ["Dear"]


def test_nothing_observed_is_logged(
    perceiver: Perceiver, reader: PixelReader, caplog: pytest.LogCaptureFixture
) -> None:
    reader.fails_on = "fails"
    with caplog.at_level(logging.DEBUG):
        perceived(perceiver, seen(CANARY, 0, window(title=CANARY)), seen(f"{CANARY} fails", 1, window(title=CANARY)))
    assert CANARY not in caplog.text


def test_a_capture_that_could_not_be_committed_may_be_given_again(home: Home, reader: PixelReader) -> None:
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, Config())
        perceived(perceiver, seen("Speech", 0))
        other = sqlite3.connect(home.database)
        other.execute("CREATE TRIGGER full BEFORE INSERT ON observations BEGIN SELECT RAISE(ABORT, 'full'); END")
        other.commit()
        with pytest.raises(GumError, match="full"):
            perceiver.perceive(seen("Speech\nThe hall is booked.", 5, keys=20))
        other.execute("DROP TRIGGER full")
        other.commit()
        other.close()
        added = perceived(perceiver, seen("Speech\nThe hall is booked.", 5, keys=20))
        assert [(one.kind, one.text) for one in added] == [
            ("screen", "Speech\nThe hall is booked."),
            ("typed", "The hall is booked."),
        ]


def test_captures_sent_twice_are_kept_once(home: Home) -> None:
    sent = [
        replace(capture, source=f"demo/{number}")
        for number, capture in enumerate(
            [
                focused(0),
                seen("Speech", 1),
                active(4, keys=20),
                seen("Speech\nThe hall is booked.", 5),
                focused(9, BROWSER),
            ]
        )
    ]

    def kept(store: Store) -> list[Observation]:
        return store.observations.between(None, None)

    with Store.open(home) as store:
        perceived(Perceiver(store, PixelReader(), Config()), *sent)
        once = kept(store)
    with Store.open(home) as store:
        perceived(Perceiver(store, PixelReader(), Config()), *sent)
        assert kept(store) == once
        assert len(once) == 6


# ------------------------------------------------------------------------- with the real reader


def test_what_is_on_the_screen_is_what_is_kept(store: Store) -> None:
    image = Image.new("RGB", (640, 200), "white")
    for row, line in enumerate(("The ferry back leaves at 23:40.", "Send the seating plan to Petra.")):
        ImageDraw.Draw(image).text((40, 40 + 40 * row), line, font=ImageFont.load_default(16), fill=(20, 20, 20))
    of = window(client=Rect(20, 30, 400, 44))
    reader = TesseractReader()
    perceived(
        Perceiver(store, reader, Config()), replace(seen("", 0, of), frame=from_image(image, Rect(0, 0, 640, 200)))
    )
    reader.close()
    assert [one.text for one in of_kind(store, "screen")] == ["The ferry back leaves at 23:40."]
