"""Times as people write them on a command line: '15m', '1h30m', '17:00', '2026-03-01', '2026-03-01T09:30'."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import click

from gum import clock

UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
DURATION = re.compile(r"(?:\d+(?:\.\d+)?[smhd])+", re.IGNORECASE)
PART = re.compile(r"(\d+(?:\.\d+)?)([smhd])", re.IGNORECASE)


def duration(text: str) -> timedelta:
    """Read '15m' or '1h30m'.  Raises click.BadParameter."""
    if not DURATION.fullmatch(text):
        raise click.BadParameter(f"{text!r} is no length of time; write 15m, 1h or 1h30m.")
    length = sum((float(number) * UNITS[unit.lower()] for number, unit in PART.findall(text)), timedelta(0))
    if length <= timedelta(0):
        raise click.BadParameter("The length of time must be more than nothing.")
    return length


def coming(text: str, now: datetime) -> datetime:
    """Read a time of day, today's or tomorrow's, or a whole date and time.  Raises click.BadParameter."""
    try:
        of_day = time.fromisoformat(text)
    except ValueError:
        return _moment(text)
    here = now.astimezone()
    wanted = datetime.combine(here.date(), of_day).astimezone()
    if wanted <= here:  # built anew from its date, so that a change to daylight saving does not shift it
        wanted = datetime.combine(here.date() + timedelta(days=1), of_day).astimezone()
    return wanted


def ahead(text: str, now: datetime) -> datetime:
    """Read an instant to come, or how far it is ahead.  Raises click.BadParameter."""
    return now + duration(text) if DURATION.fullmatch(text) else coming(text, now)


def past(text: str, now: datetime) -> datetime:
    """Read an instant, or how long ago it was.  Raises click.BadParameter."""
    return now - duration(text) if DURATION.fullmatch(text) else _moment(text)


def past_or_none(text: str | None) -> datetime | None:
    """Read an instant of the past where one is given.  Raises click.BadParameter."""
    return None if text is None else past(text, clock.now())


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no time; write 17:00, 2026-03-01 or 2026-03-01T17:00.") from error
