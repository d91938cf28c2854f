"""The present moment: what the person is in the middle of, told by what was observed last."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from gum.records import Observation
from gum.suggest.microphone import in_use
from gum.suggest.moment import Moment, context, in_call, need, presenting, quiet, steady, typing
from gum.suggest.need.estimate import shipped

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)


def seen(
    kind: str, title: str = "", *, app: str = "editor", ago: float = 5, keys: int = 0, text: str = ""
) -> Observation:
    at = NOW - timedelta(seconds=ago)
    return Observation("test", kind, at, at, app, title, text=text, keys=keys)


@pytest.mark.parametrize(
    ("local", "since", "until", "is_quiet"),
    [
        (time(23), "22:00", "07:00", True),
        (time(7), "22:00", "07:00", False),
        (time(12), "22:00", "07:00", False),
        (time(13), "12:00", "14:00", True),
        (time(14), "12:00", "14:00", False),
        (time(3), "00:00", "00:00", False),
    ],
)
def test_quiet_hours_may_pass_midnight(local: time, since: str, until: str, is_quiet: bool) -> None:
    assert quiet(local, since, until) is is_quiet


def test_only_recent_and_dense_keys_are_a_burst() -> None:
    assert typing([seen("activity", ago=3, keys=20)], NOW)
    assert not typing([seen("activity", ago=3, keys=4)], NOW)
    assert not typing([seen("activity", ago=30, keys=50)], NOW)


@pytest.mark.parametrize(
    "title",
    ["Meet - abc-defg-hij - Chromium", "Zoom Meeting", "Weekly | Meeting | Microsoft Teams", "Call with Ana - Element"],
)
def test_the_window_of_a_call_is_a_call(title: str) -> None:
    assert in_call([seen("window", title)], NOW)
    assert in_call([seen("window", title, ago=120), seen("window", "Notes")], NOW)
    assert not in_call([seen("window", title, ago=600)], NOW)


@pytest.mark.parametrize("title", ["How to meet a deadline - Chromium", "meeting notes.md - Mousepad", "recall.py"])
def test_a_title_that_only_speaks_of_meetings_is_none(title: str) -> None:
    assert not in_call([seen("window", title)], NOW)


def test_slides_and_a_shared_screen_are_shown_to_others() -> None:
    assert presenting([seen("window", "PowerPoint Slide Show - herons.pptx")], NOW)
    assert presenting([seen("window", "You are sharing your screen")], NOW)
    assert not presenting([seen("window", "herons.odp - LibreOffice Impress")], NOW)


def test_dense_keys_in_one_document_for_a_while_are_steady_work() -> None:
    one = [seen("activity", "letter", keys=40, ago=60 * n) for n in range(8)]
    two = [seen("activity", f"letter {n % 2}", keys=40, ago=60 * n) for n in range(8)]
    assert steady(one)
    assert not steady(two)
    assert not steady(one[:3])


def test_applications_have_kinds() -> None:
    assert [context(app) for app in ("Chromium", "org.gnome.TextEditor", "XTerm", "")] == [
        "browser",
        "editor",
        "terminal",
        "other",
    ]


def test_parts_of_the_day_have_names() -> None:
    bands = [Moment(NOW, time(hour), False, 0, 0).band for hour in (3, 8, 10, 13, 16, 20, 23)]
    assert bands == ["night", "early", "morning", "midday", "afternoon", "evening", "night"]


def test_need_is_read_from_what_was_done_last() -> None:
    error = seen("screen", "build.log - XTerm", app="XTerm", text="make all\nerror: no rule to make target\n")
    search = seen("window", "pear grafting in spring - Google Search - Chromium", app="Chromium")
    clicks = Observation("test", "activity", NOW, NOW, "editor", "letter", clicks=9, scrolls=4)
    told = {name: need([one]) or 0 for name, one in (("error", error), ("search", search), ("clicks", clicks))}
    assert 0 < told["clicks"] < shipped().bar < min(told["error"], told["search"])
    assert need([]) is None


def test_the_words_of_a_page_are_no_trouble_and_those_of_other_sensors_nothing() -> None:
    page = seen("window", "Error: account denied, failed - Chromium", app="Chromium")
    shown = seen("screen", "x", app="Chromium", text="error: everything failed")
    assert 0 < (need([page]) or 0) < shipped().bar
    assert need([shown, seen("text", text="error")]) is None


def test_the_microphone_is_in_use_while_a_capture_stream_runs(tmp_path: Path) -> None:
    playing, recording = tmp_path / "card0/pcm0p/sub0/status", tmp_path / "card1/pcm0c/sub0/status"
    for file, state in ((playing, "state: RUNNING\n"), (recording, "closed\n")):
        file.parent.mkdir(parents=True)
        file.write_text(state)
    assert not in_use(tmp_path)
    recording.write_text("state: RUNNING\nowner_pid   : 7\n")
    assert in_use(tmp_path)
