"""Events in the person's own calendar file: added at its end, taken out again by their names, never half written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
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


def missing(file: Path, entries: Sequence[str]) -> list[str]:
    """Return the UIDs of the entries that the file does not hold yet.  Raises ActionError."""
    from icalendar import Calendar

    known = {str(one["uid"]) for one in _read(file).walk("VEVENT")} if entries else set()
    given = [str(event["uid"]) for entry in entries for event in Calendar.from_ical(entry).walk("VEVENT")]
    return [uid for uid in given if uid not in known]


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


def clear(file: Path) -> None:
    """Remove the draft that a change which was cut off has left beside the file."""
    with contextlib.suppress(OSError):  # the folder may be on a drive that is not there now
        _draft(Path(os.path.realpath(file))).unlink(missing_ok=True)


def _draft(target: Path) -> Path:
    return target.with_name(f".{target.name}.gum-desktop")


def _write(file: Path, content: bytes) -> None:
    target = Path(os.path.realpath(file))  # a link of the person's own stays one
    draft = _draft(target)
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except OSError as error:
        raise ActionError(f"{file} cannot be written: {error.strerror}.") from error
