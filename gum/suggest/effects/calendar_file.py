"""Events in the person's own calendar file: added at its end, taken out again by their names, never half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from gum.errors import ActionError


def add(file: Path, entry: str) -> str:
    """Put the event of a calendar into the file; return its UID.  Raises ActionError; the file is as it was then."""
    from icalendar import Calendar

    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    calendar = _read(file)
    if not any(str(one["uid"]) == str(event["uid"]) for one in calendar.walk("VEVENT")):
        calendar.add_component(event)
        _write(file, calendar.to_ical())
    return str(event["uid"])


def remove(file: Path, uids: list[str]) -> None:
    """Take events out of the file; one that is not there is no matter.  Raises ActionError."""
    calendar = _read(file)
    left = [one for one in calendar.subcomponents if str(one.get("uid", "")) not in uids]
    if len(left) < len(calendar.subcomponents):
        calendar.subcomponents = left
        _write(file, calendar.to_ical())


def _read(file: Path) -> Any:
    from icalendar import Calendar

    if not file.exists():
        calendar = Calendar()
        calendar.add("prodid", "-//gum-desktop//EN")
        calendar.add("version", "2.0")
        return calendar
    try:
        return Calendar.from_ical(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ActionError(f"{file} cannot be read as a calendar.") from error


def _write(file: Path, content: bytes) -> None:
    target = Path(os.path.realpath(file))  # a link of the person's own stays one
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        if target.exists():
            Path(name).chmod(target.stat().st_mode & 0o777)
        Path(name).replace(target)
    except OSError as error:
        raise ActionError(f"{file} cannot be written: {error.strerror}.") from error
