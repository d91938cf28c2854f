from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gum.perceive.encoding import to_image
from gum.records import Capture
from gum.replay import open_recording
from scenarios.driver.spec import Scenario, ScenarioError, parse
from scenarios.record import record
from tests.scenarios.conftest import skip_without_desktop, tiny_form

TYPED = "beeswax and tallow\n"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    skip_without_desktop()
    folder = tmp_path_factory.mktemp("tiny") / "recording"
    record(parse(tiny_form()), folder)
    return folder


def test_a_recording_tells_what_was_done_in_the_persons_own_time(recorded: Path) -> None:
    recording = open_recording(recorded)
    captures = list(recording.captures())
    editor = [capture for capture in captures if capture.app == "Mousepad"]
    assert {capture.title for capture in editor} >= {"candles.txt - Mousepad", "*candles.txt - Mousepad"}
    # ctrl+End and ctrl+S are two keys each.
    counted = sum(capture.input.keys for capture in editor if capture.kind == "activity")
    assert len(TYPED) <= counted <= len(TYPED) + 6
    start = datetime.fromisoformat("2026-03-02T08:55:00+01:00")
    assert all(start <= capture.captured_at <= start + timedelta(minutes=30) for capture in captures)
    assert captures[-1].captured_at - start > timedelta(minutes=3)
    truth = recording.truth()
    assert truth is not None
    assert truth["facts"][0]["id"] == "works"
    assert truth["log"]["documents"] == ["notes/candles.txt"]
    assert [item["text"] for item in truth["log"]["typed"]] == [TYPED]


def test_an_excluded_window_leaves_neither_text_nor_pixels(recorded: Path) -> None:
    captures = list(open_recording(recorded).captures())
    assert any(capture.excluded and not capture.title for capture in captures)
    for path in [*recorded.glob("*.json"), *recorded.glob("events/*")]:
        assert "tallow-secret" not in path.read_text(encoding="utf-8")
    frames = [capture for capture in captures if capture.frame]
    assert frames
    for capture in frames:
        assert _corner_of_the_secret(capture) == (0, 0, 0)


def _corner_of_the_secret(capture: Capture) -> object:
    assert capture.frame is not None
    return to_image(capture.frame).getpixel((740, 460))


def test_a_folder_with_something_in_it_is_not_recorded_into(tiny: Scenario, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match="not empty"):
        record(tiny, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "gum-home"] == ["keep.txt"]


def test_a_canary_in_the_recording_is_an_error(tiny: Scenario, tmp_path: Path) -> None:
    leaky = tiny.model_copy(update={"canaries": ("beeswax",)})
    with pytest.raises(ScenarioError, match="beeswax"):
        record(leaky, tmp_path / "recording")


def test_a_sitting_that_does_not_go_as_written_is_an_error(tiny: Scenario, tmp_path: Path) -> None:
    wrong = tiny.steps[5].model_copy(update={"contains": "no such words"})
    scenario = tiny.model_copy(update={"steps": (*tiny.steps[:5], wrong)})
    with pytest.raises(ScenarioError, match="no such words"):
        record(scenario, tmp_path / "recording")
    assert not (tmp_path / "recording" / "recording.json").exists()
