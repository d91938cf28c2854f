"""Writes a calendar entry (RFC 5545), as a file to open in a calendar or into the person's own calendar file."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from gum import clock
from gum.config import Config
from gum.errors import ActionError
from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new


class CalendarAction:
    """Writes one event: `summary`, and either `date` for a whole day or `start` (and `end`) with an offset.

    All times are ISO 8601; `description` and `location` may be given.  Where `suggest.calendar_file` names a
    calendar of the person's, the event goes into that one instead of a file of its own.
    """

    name = "calendar"
    touches = frozenset({"files", "calendar"})

    def __init__(self, config: Config | None = None) -> None:
        self._file = config.suggest.calendar_file if config else ""

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        summary, start, _ = _event(payload)
        when = start.isoformat() if not isinstance(start, datetime) else start.isoformat(" ", "minutes")
        where = f"Add to {self._file}" if self._file else f"Write the calendar file {safe_name(summary)}.ics"
        return Preview(f"{where}: {summary}, {when}", _calendar(payload))

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the entry below `folder`.  Raises ActionError."""
        summary, _, _ = _event(payload)
        text = _calendar(payload)
        if self._file:
            return Outcome(entries=(text,))
        return Outcome(f"Wrote {write_new(folder, summary, '.ics', text.encode('utf-8'))}")


def _event(payload: dict[str, Any]) -> tuple[str, date, date]:
    """Return summary, start and end; dates for a whole day, aware datetimes otherwise."""
    summary = payload.get("summary")
    if not isinstance(summary, str) or not summary.strip():
        raise ActionError("A calendar entry needs a summary.")
    try:
        if "date" in payload:
            day = date.fromisoformat(payload["date"])
            return summary, day, day + timedelta(days=1)
        start = datetime.fromisoformat(payload["start"])
        end = datetime.fromisoformat(payload["end"]) if "end" in payload else start + timedelta(hours=1)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ActionError(
            "A calendar entry needs a date, or a start, written as 2026-03-01 or 2026-03-01T09:30+01:00."
        ) from error
    if start.tzinfo is None or end.tzinfo is None:
        raise ActionError("The times of a calendar entry need an offset, as in 2026-03-01T09:30+01:00.")
    if end <= start:
        raise ActionError("A calendar entry must end after it starts.")
    return summary, start.astimezone(UTC), end.astimezone(UTC)


def _calendar(payload: dict[str, Any]) -> str:
    from icalendar import Calendar, Event

    summary, start, end = _event(payload)
    event = Event()
    event.add("uid", f"{hashlib.sha256(f'{summary}/{start}'.encode()).hexdigest()[:32]}@gum-desktop")
    event.add("dtstamp", clock.now())
    event.add("summary", " ".join(summary.split()))
    event.add("dtstart", start)
    event.add("dtend", end)
    for name in ("description", "location"):
        if isinstance(payload.get(name), str) and payload[name].strip():
            event.add(name, payload[name])
    calendar = Calendar()
    calendar.add("prodid", "-//gum-desktop//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))
