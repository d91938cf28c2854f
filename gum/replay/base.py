"""What every kind of recording offers, and how its files are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from gum.errors import RecordingError
from gum.perceive.encoding import decode, from_image
from gum.records import Capture, Frame, Rect


@dataclass(frozen=True, slots=True)
class Persona:
    """Who was recorded: the name on screen and other names that mean the same person."""

    name: str = ""
    aliases: tuple[str, ...] = ()


class Recording(Protocol):
    """A recorded stretch of work that can be played through the same pipeline as a live desktop.

    `count` is the number of captures; `captures` yields them in recorded order, each with a `source`
    that is the same at every reading.  Raises RecordingError naming the file that cannot be used.
    """

    name: str
    persona: Persona
    count: int

    def captures(self) -> Iterator[Capture]: ...

    def truth(self) -> dict[str, Any] | None:
        """Return the ground truth beside the recording, which is never input; None when there is none."""
        ...


def read_text(path: Path) -> str:
    """Return the text of a file.  Raises RecordingError."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from error


def read_object(path: Path) -> dict[str, Any]:
    """Return the JSON object that a file holds.  Raises RecordingError."""
    return parse_object(read_text(path), str(path))


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the JSON object of each line with its number, from 1.  Raises RecordingError naming file and line."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.strip():
            yield number, parse_object(line, f"{path}, line {number},")


def parse_object(text: str, where: str) -> dict[str, Any]:
    """Return the JSON object in a text.  Raises RecordingError naming `where`."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RecordingError(f"{where} is not valid JSON: {error}.") from error
    if not isinstance(found, dict):
        raise RecordingError(f"{where} must hold a JSON object.")
    return found


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file named by the recording.  Raises RecordingError when it leads out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RecordingError(f"{folder} names the file {name!r}, which lies outside of it.")
    return path


def read_frame(path: Path, *, at: tuple[int, int] = (0, 0), scale: float = 1.0, monitor: str = "") -> Frame:
    """Return the picture in a file as a frame whose top left corner lies `at` on the screen.  Raises RecordingError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from error
    image = decode(data, str(path))
    return from_image(image, Rect(*at, *image.size), scale, monitor)
