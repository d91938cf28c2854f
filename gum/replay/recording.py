"""Our own form of a recording: a manifest, events as JSON lines, frames as near-lossless WebP.

    recording.json       {"format": "gum-recording/1", "name", "persona": {"name", "aliases"}, "screen": [w, h],
                          "sessions": [{"name", "start", "stretch", "events"}]}
    events/NAME.jsonl    one capture a line: the fields that differ from a capture's defaults, and "t"
    frames/SHA.webp      pixels, named by the sha256 of the file
    truth.json           what is true of the person; never input

A session was played in `t` seconds and stands for `t * stretch` seconds of the person's day from `start` on.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from gum.errors import RecordingError
from gum.perceive.encoding import content_hash, near_lossless, to_image
from gum.records import Capture, Frame, InputCounts, Rect, Trust, Window
from gum.replay.base import Persona, inside, read_frame, read_lines, read_object, read_text

FORMAT = "gum-recording/1"
MANIFEST = "recording.json"
TRUTH = "truth.json"


class RecordingWriter:
    """Writes captures into a new recording folder; safe to call from several threads.

    `start_session` names the stretch of work that the captures written from then on belong to.  The manifest is
    written by `close`, so a folder without one is an unfinished recording.
    """

    def __init__(self, folder: Path, name: str, persona: Persona, screen: tuple[int, int]) -> None:
        self._folder = folder
        self._manifest: dict[str, Any] = {
            "format": FORMAT,
            "name": name,
            "persona": {"name": persona.name, "aliases": list(persona.aliases)},
            "screen": list(screen),
            "sessions": [],
        }
        self._lines: list[str] = []
        self._events: Path | None = None
        self._files: dict[str, str] = {}
        self._lock = threading.Lock()
        for sub in ("events", "frames"):
            (folder / sub).mkdir(parents=True, exist_ok=True)

    def start_session(self, name: str, start: datetime, stretch: float = 1.0) -> None:
        """Begin a session that stands for the person's time from `start` (aware), `stretch` seconds a played one."""
        if start.tzinfo is None:
            raise RecordingError(
                f"The session {name!r} needs a start with a time zone, as in 2026-03-01T09:30:00+01:00."
            )
        events = f"events/{name}.jsonl"
        with self._lock:
            self._flush()
            self._manifest["sessions"].append(
                {"name": name, "start": start.isoformat(), "stretch": stretch, "events": events}
            )
            self._events = self._folder / events
            self._events.write_text("", encoding="utf-8")

    def write(self, capture: Capture, t: float) -> None:
        """Add a capture seen `t` played seconds after the start of the session."""
        frame = self._frame(capture.frame) if capture.frame else None
        with self._lock:
            if self._events is None:
                raise RecordingError("A session must be started before a capture is written.")
            self._lines.append(json.dumps(_to_event(capture, t, frame), ensure_ascii=False))

    def close(self, truth: dict[str, Any] | None = None) -> None:
        """Write what is left, the manifest and the ground truth."""
        with self._lock:
            self._flush()
            _write_json(self._folder / MANIFEST, self._manifest)
            if truth is not None:
                _write_json(self._folder / TRUTH, truth)

    def __enter__(self) -> RecordingWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()

    def _flush(self) -> None:
        if self._events is not None:
            with self._events.open("a", encoding="utf-8") as events:
                events.writelines(f"{line}\n" for line in self._lines)
        self._lines = []

    def _frame(self, frame: Frame) -> dict[str, Any]:
        pixels = content_hash(f"{frame.rect.width}x{frame.rect.height}:".encode() + frame.pixels)
        if pixels not in self._files:
            data = near_lossless(to_image(frame))
            file = f"frames/{content_hash(data)}.webp"
            (self._folder / file).write_bytes(data)
            self._files[pixels] = file
        return {"file": self._files[pixels], "rect": list(frame.rect), "scale": frame.scale, "monitor": frame.monitor}


class GumRecording:
    """A recording of our own form, read from its folder.  Raises RecordingError naming what cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        manifest = read_object(folder / MANIFEST)
        if manifest.get("format") != FORMAT:
            raise RecordingError(
                f"{folder / MANIFEST} has the format {manifest.get('format')!r}; this version reads {FORMAT!r}."
            )
        try:
            self.name = str(manifest["name"])
            person = manifest["persona"]
            self.persona = Persona(str(person["name"]), tuple(str(alias) for alias in person.get("aliases", ())))
            self._sessions = [_Session(folder, item) for item in manifest["sessions"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RecordingError(f"{folder / MANIFEST} cannot be used: {_fault(error)}.") from error
        self.count = sum(
            1 for session in self._sessions for line in read_text(session.events).splitlines() if line.strip()
        )

    def captures(self) -> Iterator[Capture]:
        for session in self._sessions:
            for number, event in read_lines(session.events):
                try:
                    yield self._capture(event, session, f"{self.name}/{session.name}/{number}")
                except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
                    raise RecordingError(
                        f"{session.events}, line {number}, cannot be used: {_fault(error)}."
                    ) from error

    def truth(self) -> dict[str, Any] | None:
        path = self._folder / TRUTH
        return read_object(path) if path.exists() else None

    def _capture(self, event: dict[str, Any], session: _Session, source: str) -> Capture:
        app, title = str(event.get("app", "")), str(event.get("title", ""))
        counts = event.get("input", {})
        return Capture(
            observer=str(event["observer"]),
            kind=str(event["kind"]),
            captured_at=session.start + timedelta(seconds=float(event["t"]) * session.stretch),
            app=app,
            title=title,
            url=str(event.get("url", "")),
            text=str(event.get("text", "")),
            window=_window(event["window"], app, title) if "window" in event else None,
            frame=self._frame(event["frame"]) if "frame" in event else None,
            input=InputCounts(
                int(counts.get("keys", 0)),
                int(counts.get("clicks", 0)),
                int(counts.get("scrolls", 0)),
                float(counts.get("idle_s", 0.0)) * session.stretch,
            ),
            trust=Trust(event.get("trust", Trust.SYSTEM)),
            excluded=bool(event.get("excluded", False)),
            locked=bool(event.get("locked", False)),
            source=source,
        )

    def _frame(self, item: dict[str, Any]) -> Frame:
        rect = Rect(*map(int, item["rect"]))
        path = inside(self._folder, str(item["file"]))
        frame = read_frame(path, at=rect[:2], scale=float(item.get("scale", 1.0)), monitor=str(item.get("monitor", "")))
        if frame.rect != rect:
            raise RecordingError(f"{path} is not {rect.width} x {rect.height} pixels, as its event says.")
        return frame


class _Session:
    """One session of the manifest."""

    def __init__(self, folder: Path, item: dict[str, Any]) -> None:
        self.name = str(item["name"])
        self.start = datetime.fromisoformat(item["start"])
        self.stretch = float(item.get("stretch", 1.0))
        self.events = inside(folder, str(item["events"]))
        if self.start.tzinfo is None:
            raise ValueError(f"the start of session {self.name!r} has no time zone")


def _to_event(capture: Capture, t: float, frame: dict[str, Any] | None) -> dict[str, Any]:
    event: dict[str, Any] = {"t": round(t, 3), "observer": capture.observer, "kind": capture.kind}
    event |= {key: getattr(capture, key) for key in ("app", "title", "url", "text") if getattr(capture, key)}
    event |= {key: True for key in ("excluded", "locked") if getattr(capture, key)}
    if capture.trust is not Trust.SYSTEM:
        event["trust"] = capture.trust.value
    if capture.window is not None:
        event["window"] = _from_window(capture.window)
    if capture.input != InputCounts():
        counts = capture.input
        event["input"] = {"keys": counts.keys, "clicks": counts.clicks, "scrolls": counts.scrolls}
        event["input"]["idle_s"] = round(counts.idle_s, 3)
    if frame is not None:
        event["frame"] = frame
    return event


def _from_window(window: Window) -> dict[str, Any]:
    """The process id stays behind: it means nothing on another machine."""
    item: dict[str, Any] = {"id": window.id, "app": window.app, "title": window.title}
    item |= {"client": list(window.client), "frame": list(window.frame)}
    return item | ({"hidden": True} if window.hidden else {})


def _window(item: dict[str, Any], app: str, title: str) -> Window:
    return Window(
        id=int(item["id"]),
        app=str(item.get("app", app)),
        title=str(item.get("title", title)),
        pid=None,
        client=Rect(*map(int, item["client"])),
        frame=Rect(*map(int, item.get("frame", item["client"]))),
        hidden=bool(item.get("hidden", False)),
    )


def _fault(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
