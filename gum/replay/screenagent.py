"""Recordings of the ScreenAgent form: JPEG frames of a whole screen, and the raw input actions, in `session.json`.

There are no windows and no titles: application and title stay empty and the whole screen is read.  Times carry no
zone and are taken as UTC.  The actions of an entry were done on its frame; a text that they typed counts as keys
pressed before the next frame.  `task` is what the person was asked to do: ground truth, never input.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.records import Capture, Frame, InputCounts, Window
from gum.replay.base import Persona, inside, read_frame, read_object

MANIFEST = "session.json"
TIME = "%Y-%m-%d_%H-%M-%S-%f"
_CLICKS = {"click": 1, "double_click": 2, "drag": 1}


class ScreenAgentRecording:
    """A session folder of the ScreenAgent form.  Raises RecordingError naming what cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = folder.resolve().name
        self.persona = Persona()
        self._session = read_object(folder / MANIFEST)
        frames = self._session.get("frames")
        if not isinstance(frames, list) or not all(isinstance(item, dict) for item in frames):
            raise RecordingError(f"{folder / MANIFEST} has no list of 'frames'.")
        self._entries: list[dict[str, Any]] = frames
        self.count = len(frames) + sum(1 for item in frames if self._counts(item) != InputCounts())

    def captures(self) -> Iterator[Capture]:
        typed = InputCounts()
        for number, entry in enumerate(self._entries, 1):
            source = f"{self.name}/{number}"
            try:
                at = datetime.strptime(str(entry["time"]), TIME).replace(tzinfo=UTC)
                frame = read_frame(inside(self._folder, str(entry["image"])))
            except (KeyError, ValueError) as error:
                raise RecordingError(f"Frame {number} of {self._folder / MANIFEST} cannot be used: {error}.") from error
            screen = _whole(frame)
            yield Capture("screen", "frame", at, window=screen, frame=frame, input=typed, source=source)
            typed = self._counts(entry)
            if typed != InputCounts():
                yield Capture("activity", "activity", at, window=screen, input=typed, source=f"{source}/input")

    def truth(self) -> dict[str, Any] | None:
        task = self._session.get("task")
        return {"task": task} if task else None

    def _counts(self, entry: dict[str, Any]) -> InputCounts:
        keys = clicks = scrolls = 0
        for action in entry.get("actions") or ():
            if not isinstance(action, dict):
                raise RecordingError(f"{self._folder / MANIFEST} has an action that is no object.")
            if action.get("action_type") == "KeyboardAction":
                pressed = action.get("keyboard_key") or []
                keys += len(str(action.get("keyboard_text") or "")) + (len(pressed) if isinstance(pressed, list) else 1)
            elif action.get("action_type") == "MouseAction":
                kind = str(action.get("mouse_action_type"))
                clicks += _CLICKS.get(kind, 0)
                scrolls += kind.startswith("scroll")
        return InputCounts(keys, clicks, scrolls)


def _whole(frame: Frame) -> Window:
    """Return the screen as the one window there is."""
    return Window(0, "", "", None, frame.rect, frame.rect)
