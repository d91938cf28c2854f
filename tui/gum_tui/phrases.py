"""Numbers and times in the words a person would use.  Times are shown in local time, as the locale writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gum_tui.customs import Customs

AHEAD_S = 10.0
"""How far the daemon's present may be behind when it was last asked for."""

LIFETIMES = {
    "moment": "for about an hour",
    "task": "for some days",
    "project": "for weeks",
    "phase": "for months",
    "trait": "for years",
}

TRUSTS = {
    "stated": "you said so",
    "typed": "you typed it",
    "system": "reported by the system",
    "document": "in a document you edit",
    "screen": "on screen",
    "untrusted": "on a page or in a message by others",
}

GAP_NAMES = {
    "recorded": "idle",
    "paused": "paused",
    "excluded": "excluded",
    "locked": "locked",
    "off": "off",
    "failed": "failed",
}

GAPS = {
    "recorded": "nothing happened",
    "paused": "paused by you",
    "excluded": "in an excluded window",
    "locked": "screen locked",
    "off": "gum-desktop was off",
    "failed": "capturing failed",
}


GAPS_EXPLAINED = {
    "recorded": "gum-desktop was looking, and nothing changed on the screen for a while.",
    "paused": "You had paused it, or a schedule had. Nothing of this time was seen, and nothing can be brought back.",
    "excluded": "What was in front is on the list of what is never seen. Only that there was such a time is kept. "
    "Privacy shows the list.",
    "locked": "The screen was locked.",
    "off": "gum-desktop did not run, or the computer was off.",
    "failed": "Looking failed. gumctl doctor says why.",
}


def percent(probability: float) -> str:
    """Return the probability as whole percents; 0 and 100 are kept for what is certain."""
    whole = round(probability * 100)
    if whole == 100 and probability < 1:
        whole = 99
    if whole == 0 and probability > 0:
        whole = 1
    return f"{whole} %"


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units, as '2 h 05 min'."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes:02} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


_customs = Customs()
"""How times and dates are written by this program, from its start on."""


def follow(customs: Customs) -> None:
    """Write times and dates so from now on."""
    global _customs  # noqa: PLW0603 - one program has one locale
    _customs = customs


def clock(moment: datetime) -> str:
    """Return the local time of day, as '09:05', or '9:05 AM' where the locale says so."""
    local = moment.astimezone()
    if _customs.twelve_hours:
        return f"{local.hour % 12 or 12}:{local.minute:02} {_half(local.hour)}"
    return f"{local:%H:%M}"


def clock_in_column(moment: datetime) -> str:
    """Return the time of day as wide as every other."""
    return clock(moment).rjust(8 if _customs.twelve_hours else 5)


def _half(hour: int) -> str:
    return "AM" if hour < 12 else "PM"


def hour(number: int) -> str:
    """Return a full hour of the day as briefly as it is written above a drawing: '09', or '9 AM'."""
    if _customs.twelve_hours:
        return f"{number % 12 or 12} {_half(number)}"
    return f"{number:02}"


def full_hour(number: int) -> str:
    """Return a full hour of the day in a sentence: '09:00', or '9 AM'."""
    return hour(number) if _customs.twelve_hours else f"{number:02}:00"


def day(moment: datetime) -> str:
    """Return the local day, as 'Tuesday 3 March 2026' or 'Tuesday, March 3, 2026'."""
    local = moment.astimezone()
    if _customs.month_first:
        return f"{local:%A}, {local:%B} {local.day}, {local.year}"
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_day(moment: datetime, now: datetime) -> str:
    """Return the local day as briefly as it stays clear: 'today', 'yesterday', 'Tue 3 Mar', '3 Mar 2024'."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return "today"
    if local.date() == (today - timedelta(days=1)).date():
        return "yesterday"
    written = f"{local:%b} {local.day}" if _customs.month_first else f"{local.day} {local:%b}"
    if abs(today.date() - local.date()) < timedelta(days=180):
        return f"{local:%a} {written}"
    return f"{written}, {local.year}" if _customs.month_first else f"{written} {local.year}"


def day_and_month(moment: date) -> str:
    """Return a day below an axis, as '03 Mar' or 'Mar 03'."""
    return f"{moment:%b %d}" if _customs.month_first else f"{moment:%d %b}"


def when(moment: datetime, now: datetime) -> str:
    """Return day and time, as 'yesterday 14:02'."""
    return f"{short_day(moment, now)} {clock(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago the moment was, as '5 min ago'; a day and more ago it is the day's name.

    What has just happened can lie a little after a `now` that was asked for before it.
    """
    seconds = (now - moment).total_seconds()
    if seconds < -AHEAD_S:
        return when(moment, now)
    if seconds < 10:
        return "just now"
    if seconds < 3600:
        return f"{duration(min(seconds, 3540))} ago"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h ago"
    return short_day(moment, now)


def size(count: float) -> str:
    """Return a number of bytes, as '1.4 GB'."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit in {"B", "kB"} else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def sentence(words: str) -> str:
    """Return the words as a sentence begins."""
    return f"{words[:1].upper()}{words[1:]}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return the number with its noun, as '1 belief' or '12 beliefs'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
