"""Recordings of work, read and written; they are played through the same pipeline as a live desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gum.errors import RecordingError
from gum.replay import driver, recording, screenagent
from gum.replay.base import Persona, Recording
from gum.replay.recording import RecordingWriter

__all__ = ["FORMS", "Persona", "Recording", "RecordingWriter", "open_recording"]

FORMS: dict[str, Callable[[Path], Recording]] = {
    recording.MANIFEST: recording.GumRecording,
    screenagent.MANIFEST: screenagent.ScreenAgentRecording,
    driver.MANIFEST: driver.DriverRecording,
}


def open_recording(path: Path) -> Recording:
    """Open a recording by the file that its form is known by; `path` is the folder or that file.

    Raises RecordingError, which says what forms there are when none fits.
    """
    folder = path.parent if path.name in FORMS and not path.is_dir() else path
    for manifest, form in FORMS.items():
        if (folder / manifest).is_file():
            return form(folder)
    known = ", ".join(FORMS)
    missing = "has none of them" if folder.is_dir() else "is no folder"
    raise RecordingError(f"A recording is a folder that holds one of {known}; {folder} {missing}.")
