"""Dates in written sentences, read relative to when they were written."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|"
    r"sun(?:day)?)\b\.?"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_TIME = (
    r"(?:,?\s*(?:at\s+)?(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\s+(?:at\s+)?\d{1,2}\s?[ap]m\b|\s+noon\b|\s+at noon\b|"
    r"\s+(?:in the )?(?:morning|afternoon|evening|night)\b)"
)
DATE = (
    rf"(?:(?:on\s+)?(?:the\s+)?(?:"
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}})?|"
    rf"(?:(?:(?:this|coming|next)\s+)?{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|"
    rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}\b(?:,?\s+\d{{4}})?|"
    rf"(?:(?:this|coming|next)\s+)?{_WEEKDAY}(?!,?\s+\d{{1,2}}(?![\d:.]|\s?[ap]m))|"
    rf"today|tonight|tomorrow|end of (?:the |this )?(?:week|month)"
    rf"){_TIME}?)"
)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FARTHEST = timedelta(days=270)


def resolve(words: str, base: datetime) -> date | None:
    """Return the day that the words mean when written at `base`; None when they cannot be read or lie in the past.

    A weekday is the next one, and with the word 'next' that of the coming week; a day and month without a year that
    would lie nine months ahead was meant as past.
    """
    return _resolved(words, datetime.combine(base.date(), time()))


@lru_cache(maxsize=8192)
def _resolved(words: str, base: datetime) -> date | None:
    text = re.sub(r"^(?:on\s+)?(?:the\s+)?(?:(?:this|coming)\s+)?", "", words.strip(), flags=re.I)
    text = re.sub(rf"{_TIME}$", "", text, flags=re.I).casefold().strip(" ,")
    day = _plain(text, base.date()) or _parsed(text, base)
    if day is None or day < base.date():
        return None
    return None if not re.search(r"\d{4}", text) and day - base.date() > _FARTHEST else day


def _plain(text: str, base: date) -> date | None:
    if text in ("today", "tonight"):
        return base
    if text == "tomorrow":
        return base + timedelta(days=1)
    if text.startswith("end of"):
        if text.endswith("week"):
            return base + timedelta(days=(4 - base.weekday()) % 7)
        return base.replace(day=calendar.monthrange(base.year, base.month)[1])
    if numbers := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?", text):
        return _numbered(int(numbers[1]), int(numbers[2]), int(numbers[3] or 0), base)
    if weekday := re.fullmatch(rf"next ({_WEEKDAY})", text):
        return base + timedelta(days=7 - base.weekday() + _WEEK.index(weekday[1][:3]))
    return None


def _numbered(day: int, month: int, year: int, base: date) -> date | None:
    """Return the day of '16.10.' or '16.10.2026'; without a year the next one."""
    try:
        found = date(year or base.year, month, day)
        return found if year or found >= base else date(base.year + 1, month, day)
    except ValueError:
        return None


def _parsed(text: str, base: datetime) -> date | None:
    import dateparser

    dayfirst = re.sub(rf"^(?:(?:this|coming|next)\s+)?{_WEEKDAY},?\s+(?=.*\d)", "", text)
    settings = {
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
        "TIMEZONE": "UTC",  # days are counted from `base` alone; the computer's own zone is not asked for
    }
    found = dateparser.parse(dayfirst, languages=["en"], settings=settings)
    return found.date() if found else None
