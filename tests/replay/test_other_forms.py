"""Recordings that others made: the ScreenAgent form and the driver's form."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gum_models.readers.tesseract import TesseractReader
from PIL import Image

from gum.config import Config
from gum.errors import RecordingError
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, InputCounts, Observation, Rect, Trust
from gum.replay import Persona, RecordingWriter, open_recording
from gum.store import Store

RECORDINGS = Path(os.environ.get("GUM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "recordings"
TIME = "2023-12-20_11-05-46-311910"


def typing(text: str) -> dict[str, str]:
    return {"action_type": "KeyboardAction", "keyboard_action_type": "text", "keyboard_text": text}


def pressing(key: object) -> dict[str, object]:
    return {"action_type": "KeyboardAction", "keyboard_action_type": "press", "keyboard_key": key}


def mouse(kind: str) -> dict[str, str]:
    return {"action_type": "MouseAction", "mouse_action_type": kind}


def screenagent(folder: Path, *actions: list[dict[str, Any]], **changes: Any) -> Path:
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (64, 48), "white").save(folder / "a.jpg")
    frames = [{"image": "a.jpg", "time": TIME, "size": [64, 48], "actions": list(done)} for done in actions]
    session = {"task": "Sum up column B", "source": "test", "frames": frames} | changes
    (folder / "session.json").write_text(json.dumps(session))
    return folder


def driver(folder: Path, *rows: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "shots").mkdir(exist_ok=True)
    Image.new("RGB", (64, 48), "white").save(folder / "shots" / "0001.png")
    persona = {"name": "Ines Abara", "login": "ines", "email": "ines@rowan.test", "role": "librarian"}
    first = {"t": 1000.0, "type": "start", "scenario": "speech", "persona": persona}
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (first, *rows)))
    return folder


def state(t: float, wid: int = 7, **changes: Any) -> dict[str, Any]:
    places = [{"wid": 7, "geometry": [2, 3, 40, 30]}, {"wid": 8, "geometry": [0, 0, 64, 48]}]
    row = {"t": t, "type": "state", "wid": wid, "cls": "Mousepad", "title": "speech.txt", "windows": places}
    return row | {"text": "THE TRUE TEXT", "source": "secret-source", "app": "editor", "locked": False} | changes


def shot(t: float, **changes: Any) -> dict[str, Any]:
    return {"t": t, "type": "shot", "file": "shots/0001.png", "transition": False} | changes


# ------------------------------------------------------------------------- ScreenAgent


def test_the_whole_screen_is_the_one_window_without_a_name(tmp_path: Path) -> None:
    (capture,) = open_recording(screenagent(tmp_path / "session", [])).captures()
    assert capture.frame is not None
    assert capture.window is not None
    assert capture.frame.rect == capture.window.client == Rect(0, 0, 64, 48)
    assert (capture.app, capture.title, capture.text) == ("", "", "")
    assert capture.captured_at == datetime(2023, 12, 20, 11, 5, 46, 311910, UTC)


def test_actions_are_counted_and_come_before_the_next_frame(tmp_path: Path) -> None:
    done = [
        typing("=SUM(B:B)"),
        pressing("Return"),
        pressing(["Control_L", "s"]),
        mouse("double_click"),
        mouse("scroll_up"),
    ]
    recording = open_recording(screenagent(tmp_path / "session", done, []))
    frame, activity, following = recording.captures()
    assert recording.count == 3
    assert frame.input == InputCounts()
    assert activity.kind == "activity"
    assert activity.input == following.input == InputCounts(12, 2, 1)


def test_the_task_is_truth_and_what_was_typed_is_no_input(tmp_path: Path) -> None:
    recording = open_recording(screenagent(tmp_path / "session", [typing("korvapuusti")], []))
    assert recording.truth() == {"task": "Sum up column B"}
    told = repr(list(recording.captures()))
    assert "Sum up" not in told
    assert "korvapuusti" not in told


def test_every_capture_has_a_source_of_its_own_that_stays_the_same(tmp_path: Path) -> None:
    recording = open_recording(screenagent(tmp_path / "session", [typing("a")], [mouse("click")], []))
    sources = [capture.source for capture in recording.captures()]
    assert len(set(sources)) == len(sources) == recording.count
    assert sources == [capture.source for capture in recording.captures()]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"frames": None}, "no list of 'frames'"),
        ({"frames": ["a.jpg"]}, "no list of 'frames'"),
        ({"frames": [{"image": "a.jpg", "time": "yesterday"}]}, "Frame 1 .*yesterday"),
        ({"frames": [{"time": TIME}]}, "Frame 1 .*image"),
        ({"frames": [{"image": "none.jpg", "time": TIME}]}, r"none\.jpg cannot be read"),
        ({"frames": [{"image": "../../x.jpg", "time": TIME}]}, "outside"),
        ({"frames": [{"image": "session.json", "time": TIME}]}, r"session\.json cannot be read"),
    ],
)
def test_a_session_that_cannot_be_used_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    folder = screenagent(tmp_path / "session", [], **changes)
    with pytest.raises(RecordingError, match=said):
        list(open_recording(folder).captures())


def real_sessions() -> list[Path]:
    return sorted(path for path in RECORDINGS.glob("*") if path.is_dir())


@pytest.fixture(scope="module")
def reader() -> Iterator[TesseractReader]:
    reader = TesseractReader()
    yield reader
    reader.close()


@pytest.mark.skipif(not real_sessions(), reason=f"the recorded sessions are not at {RECORDINGS}")
@pytest.mark.parametrize("folder", real_sessions(), ids=lambda path: path.name[:24])
def test_recorded_sessions_become_observations(tmp_path: Path, folder: Path, reader: TesseractReader) -> None:
    recording = open_recording(folder)
    home = Home(tmp_path / "home")
    home.create()
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, Config())
        added = [one for capture in perceiver.ahead(recording.captures()) for one in perceiver.perceive(capture)]
    texts = [one.text for one in added if one.kind == "screen"]
    assert texts
    assert all(texts)
    task = str((recording.truth() or {})["task"])
    assert not any(task in one.text for one in added)
    if folder.name.startswith("enter-an-english"):
        typed = " ".join(one.text for one in added if one.trust is Trust.TYPED)
        assert "revolutionized the field of artificial intelligence" in typed
    if folder.name.startswith("calculate"):
        assert "Category A Alice" in texts[0]


# ------------------------------------------------------------------------- the driver


def captures(folder: Path) -> list[Capture]:
    recording = open_recording(folder)
    found = list(recording.captures())
    assert len(found) == recording.count
    return found


def test_states_and_shots_are_what_an_observer_would_have_seen(tmp_path: Path) -> None:
    window, frame = captures(driver(tmp_path / "run", state(1001), shot(1002)))
    assert (window.kind, window.app, window.title) == ("window", "Mousepad", "speech.txt")
    assert window.captured_at == datetime.fromtimestamp(1001, UTC)
    assert frame.frame is not None
    assert frame.frame.rect == Rect(0, 0, 64, 48)
    assert frame.window is not None
    assert frame.window.client == Rect(2, 3, 40, 30)


def test_the_truth_is_never_input(tmp_path: Path) -> None:
    folder = driver(
        tmp_path / "run",
        {"t": 1000.5, "type": "fact", "q": "How many guests?", "a": "84", "where": "browser"},
        {"t": 1001, "type": "do", "do": "type", "args": {"text": "TYPED TEXT"}},
        state(1001),
        {"t": 1002, "type": "typed", "text": "TYPED TEXT"},
        {"t": 1003, "type": "check", "what": "editor contains 84", "ok": True},
        shot(1004),
    )
    told = repr(captures(folder))
    assert not any(word in told for word in ("TRUE TEXT", "TYPED", "secret-source", "guests", "84", "editor contains"))


def test_typed_keys_are_counted_while_they_are_pressed(tmp_path: Path) -> None:
    found = captures(
        driver(
            tmp_path / "run",
            state(1000),
            {"t": 1010, "type": "do", "do": "type"},
            shot(1015),
            shot(1018),
            {"t": 1020, "type": "typed", "text": "x" * 100},
            shot(1021),
            shot(1030),
        )
    )
    assert [one.input.keys for one in found if one.kind == "frame"] == [50, 30, 20, 0]
    assert [one.input.keys for one in found if one.kind == "activity"] == [100]


def test_keys_typed_in_another_window_do_not_count(tmp_path: Path) -> None:
    rows = [state(1000), {"t": 1010, "type": "do"}, {"t": 1020, "type": "typed", "text": "x" * 50}, state(1021, wid=8)]
    found = captures(driver(tmp_path / "run", *rows, shot(1022)))
    assert [one.input.keys for one in found if one.kind == "frame"] == [0]


def test_a_locked_screen_and_a_change_of_windows_show_nothing(tmp_path: Path) -> None:
    rows = [state(1000), shot(1001, transition=True), state(1002, locked=True), shot(1003)]
    found = captures(driver(tmp_path / "run", *rows))
    assert [(one.kind, one.locked, one.title) for one in found] == [
        ("window", False, "speech.txt"),
        ("window", True, ""),
        ("frame", True, ""),
    ]


def test_facts_of_the_older_form_become_questions(tmp_path: Path) -> None:
    fact = {"t": 1, "type": "fact", "step": -1, "q": "How many guests?", "a": "84", "where": "browser"}
    new = {"t": 1, "type": "fact", "predicate": "works_on", "object": ["speech"]}
    recording = open_recording(driver(tmp_path / "run", fact, new))
    truth = recording.truth() or {}
    assert truth["facts"] == [
        {"id": "fact-2", "question": "How many guests?", "answer": "84", "where": "browser"},
        {"id": "fact-3", "predicate": "works_on", "object": ["speech"]},
    ]
    assert (recording.name, recording.persona) == ("speech", Persona("Ines Abara", ("ines", "ines@rowan.test")))


@pytest.mark.parametrize(
    "row",
    [
        {"type": "state"},
        state(1, windows=[{"wid": "x", "geometry": [1, 2, 3, 4]}]),
        state(1, windows=[{"wid": 7, "geometry": [1, 2]}]),
        shot(1, file="shots/none.png"),
        shot(1, file="../../x.png"),
        {"t": 1, "type": "typed"},
        {"t": 1e300, "type": "click"},
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    folder = driver(tmp_path / "run", row)
    with pytest.raises(RecordingError, match=str(folder)):
        list(open_recording(folder).captures())


# ------------------------------------------------------------------------- which form


def test_the_form_is_known_by_its_file(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "ours", "ours", Persona(), (1, 1)) as writer:
        writer.start_session("one", datetime(2026, 3, 2, tzinfo=UTC))
    assert open_recording(tmp_path / "ours").name == "ours"
    assert open_recording(screenagent(tmp_path / "theirs", [])).name == "theirs"
    assert open_recording(driver(tmp_path / "run")).name == "speech"
    assert open_recording(tmp_path / "ours" / "recording.json").name == "ours"


def test_an_unknown_folder_is_told_the_forms_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"recording\.json, session\.json, truth\.jsonl.*has none of them"):
        open_recording(tmp_path)
    with pytest.raises(RecordingError, match="is no folder"):
        open_recording(tmp_path / "absent")


def test_a_replayed_recording_gives_the_same_observations_with_and_without_reading_ahead(
    tmp_path: Path, reader: TesseractReader
) -> None:
    rows = [state(1001), shot(1002), state(1003, wid=8, cls="Chromium", title="x"), shot(1004), shot(1010)]
    folder = driver(tmp_path / "run", *rows)

    def replayed(name: str, ahead: bool) -> list[Observation]:
        home = Home(tmp_path / name)
        home.create()
        with Store.open(home) as store:
            perceiver = Perceiver(store, reader, Config())
            given = open_recording(folder).captures()
            for capture in perceiver.ahead(given) if ahead else given:
                perceiver.perceive(capture)
            return store.observations.between(None, None)

    assert replayed("one", ahead=False) == replayed("two", ahead=True)
