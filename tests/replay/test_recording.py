"""Our own recording form: what is written is what is read."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from gum.errors import RecordingError
from gum.perceive.encoding import from_image, to_image
from gum.records import Capture, Frame, InputCounts, Rect, Window
from gum.replay import Persona, RecordingWriter
from gum.replay.recording import GumRecording

START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
PERSONA = Persona("Ines Abara", ("ines", "ines.abara@rowan.test"))
WINDOW = Window(7, "Mousepad", "speech – \u200fשלום 🎉", None, Rect(10, 20, 100, 60), Rect(8, 4, 104, 78))


def picture(text: str = "canoe") -> Frame:
    image = Image.new("RGB", (160, 90), (255, 255, 255))
    ImageDraw.Draw(image).text((12, 24), text, fill=(20, 20, 20))
    return from_image(image, Rect(5, 6, 160, 90), 2.0, "LEFT")


def write(folder: Path, *captures: tuple[Capture, float], stretch: float = 1.0) -> GumRecording:
    with RecordingWriter(folder, "demo", PERSONA, (160, 90)) as writer:
        writer.start_session("monday", START, stretch)
        for capture, t in captures:
            writer.write(capture, t)
    return GumRecording(folder)


def frame_capture(**changes: object) -> Capture:
    base = Capture(
        "screen", "frame", START, WINDOW.app, WINDOW.title, "https://a.test/", window=WINDOW, frame=picture()
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_capture_comes_back_as_it_was_written(tmp_path: Path) -> None:
    written = frame_capture(input=InputCounts(3, 1, 2, 0.5))
    (read,) = write(tmp_path, (written, 12.5)).captures()
    assert replace(read, frame=None, source="", captured_at=START) == replace(written, frame=None)
    assert read.captured_at == START + timedelta(seconds=12.5)
    assert read.source == "demo/monday/1"


def test_pixels_come_back_within_eight_levels(tmp_path: Path) -> None:
    written = picture()
    (read,) = write(tmp_path, (frame_capture(frame=written), 0)).captures()
    assert read.frame is not None
    assert (read.frame.rect, read.frame.scale, read.frame.monitor) == (written.rect, 2.0, "LEFT")
    pairs = zip(to_image(written).tobytes(), to_image(read.frame).tobytes(), strict=True)
    assert max(abs(old - new) for old, new in pairs) <= 8


def test_played_seconds_and_idle_time_are_stretched_to_the_persons_time(tmp_path: Path) -> None:
    idle = Capture("activity", "activity", START, input=InputCounts(4, idle_s=2.0))
    (read,) = write(tmp_path, (idle, 3.0), stretch=40).captures()
    assert read.captured_at == START + timedelta(seconds=120)
    assert read.captured_at.utcoffset() == timedelta(hours=1)
    assert read.input == InputCounts(4, idle_s=80.0)


def test_equal_frames_are_written_once(tmp_path: Path) -> None:
    recording = write(tmp_path, (frame_capture(), 0), (frame_capture(), 1), (frame_capture(frame=picture("ferry")), 2))
    assert recording.count == 3
    assert len(list((tmp_path / "frames").iterdir())) == 2


def test_observers_may_write_from_several_threads(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path, "demo", PERSONA, (160, 90))
    writer.start_session("monday", START)

    def observe(name: str) -> None:
        for number in range(50):
            writer.write(Capture(name, "window", START, "xterm", str(number)), number)

    threads = [threading.Thread(target=observe, args=(name,)) for name in ("screen", "windows")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    read = list(GumRecording(tmp_path).captures())
    assert len(read) == 100
    for name in ("screen", "windows"):
        assert [c.title for c in read if c.observer == name] == [str(number) for number in range(50)]


def test_the_process_id_is_not_recorded(tmp_path: Path) -> None:
    write(tmp_path, (frame_capture(window=replace(WINDOW, pid=4242)), 0))
    assert "4242" not in (tmp_path / "events" / "monday.jsonl").read_text()


def test_the_truth_is_kept_beside_the_recording(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path, "demo", PERSONA, (160, 90)) as writer:
        writer.start_session("monday", START)
        writer.write(frame_capture(), 0)
        writer.close({"facts": [{"id": "f1"}]})
    assert GumRecording(tmp_path).count == 1
    assert GumRecording(tmp_path).truth() == {"facts": [{"id": "f1"}]}


def test_a_failed_recording_has_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"), RecordingWriter(tmp_path, "demo", PERSONA, (160, 90)):
        raise OSError("gone")
    with pytest.raises(RecordingError, match=r"recording\.json cannot be read"):
        GumRecording(tmp_path)


def test_a_capture_outside_a_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="session must be started"):
        RecordingWriter(tmp_path, "demo", PERSONA, (1, 1)).write(frame_capture(), 0)


def test_a_session_start_without_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="time zone"):
        RecordingWriter(tmp_path, "demo", PERSONA, (1, 1)).start_session("monday", datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "gum-recording/9"}, "gum-recording/9"),
        ({"sessions": [{"name": "x", "start": "yesterday", "events": "events/monday.jsonl"}]}, "yesterday"),
        ({"sessions": [{"name": "x", "start": START.isoformat()}]}, "'events' is missing"),
        ({"sessions": [{"name": "x", "start": "2026-03-02T09:00:00", "events": "events/monday.jsonl"}]}, "time zone"),
        ({"sessions": [{"name": "x", "start": START.isoformat(), "events": "../../etc/passwd"}]}, "outside"),
        ({"persona": None}, "cannot be used"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    write(tmp_path, (frame_capture(), 0))
    manifest = tmp_path / "recording.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    with pytest.raises(RecordingError, match=said) as raised:
        GumRecording(tmp_path)
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[1]", "JSON object"),
        ('{"t": 1, "observer": "screen"}', "'kind' is missing"),
        ('{"t": "soon", "observer": "screen", "kind": "frame"}', "soon"),
        ('{"t": 1e300, "observer": "screen", "kind": "frame"}', "cannot be used"),
        ('{"t": 1, "observer": "screen", "kind": "frame", "frame": {"file": "no.webp", "rect": [0,0,1,1]}}', "no.webp"),
        ('{"t": 1, "observer": "screen", "kind": "frame", "frame": {"file": "../x", "rect": [0,0,1,1]}}', "outside"),
    ],
)
def test_an_event_that_cannot_be_used_names_its_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    recording = write(tmp_path, (frame_capture(), 0))
    with (tmp_path / "events" / "monday.jsonl").open("a") as events:
        events.write(line + "\n")
    with pytest.raises(RecordingError, match=said):
        list(recording.captures())


def test_a_damaged_frame_names_its_file(tmp_path: Path) -> None:
    recording = write(tmp_path, (frame_capture(), 0))
    (frame,) = (tmp_path / "frames").iterdir()
    frame.write_bytes(frame.read_bytes()[:60])
    with pytest.raises(RecordingError, match=frame.name):
        list(recording.captures())


def test_a_clock_that_jumped_back_is_kept_as_it_was(tmp_path: Path) -> None:
    window = Capture("windows", "window", START.astimezone(UTC), "xterm", "a")
    times = [c.captured_at - START for c in write(tmp_path, (window, 9.0), (window, 2.0)).captures()]
    assert times == [timedelta(seconds=9), timedelta(seconds=2)]
