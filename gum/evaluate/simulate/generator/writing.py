"""How things are put: dates in the forms that screens show them in, promises, and what a reader makes of a line."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONFUSED = (
    ("l", "1"),
    ("1", "l"),
    ("rn", "m"),
    ("m", "rn"),
    ("O", "0"),
    ("0", "O"),
    ("I", "l"),
    ("e", "c"),
    ("cl", "d"),
    ("vv", "w"),
    ("S", "5"),
    ("fi", "ﬁ"),
    ("é", "e"),
    ("ü", "u"),
    (" ", ""),
    ("t", "f"),
)
# What is promised, and for which day: so many days from now, or (-1) for a day that is named.
_PROMISES = (
    ("I'll {what} tomorrow.", 1),
    ("I will {what} by {day}.", -1),
    ("I'll {what} before the end of the week, promised.", None),
    ("Sure, I can {what} on {day}.", -1),
    ("I'm going to {what} on {day} morning.", -1),
    ("Don't worry, I'll {what}.", None),
    ("I promise to {what} until {day}.", -1),
    ("Happy to {what}, you will have it by {day}.", -1),
)


def date_form(rng: Random, date: datetime, near: datetime) -> str:
    """Return a date in one of the forms that leave no doubt about it, when read near an instant."""
    month, short = _MONTHS[date.month - 1], _MONTHS[date.month - 1][:3]
    forms = [
        f"{date.day} {month}",
        f"{month} {date.day}",
        f"{date:%Y-%m-%d}",
        f"{_DAYS[date.weekday()][:3]} {date.day} {short}",
        f"{date.day}. {month} {date.year}",
        f"{short} {date.day}, {date.year}",
        f"{_DAYS[date.weekday()]}, {date.day} {month}",
        f"{date.day} {short} {date.year}",
    ]
    if date.day > 12:  # a day and a month cannot be taken for each other
        forms += [f"{date:%d.%m.%Y}", f"{date:%d/%m/%Y}", f"{date.day}.{date.month}."]
    if timedelta(0) < date - near < timedelta(days=6):
        forms.append(_DAYS[date.weekday()])
    return rng.choice(forms)


def promise(rng: Random, what: str, at: datetime) -> tuple[str, datetime | None]:
    """Return what somebody types who says that they will do something, and the day for which they say it."""
    form, days = rng.choice(_PROMISES)
    named = at + timedelta(days=rng.randrange(1, 5))
    day = None if days is None else named if days < 0 else at + timedelta(days=days)
    return form.format(what=what, day=_DAYS[named.weekday()]), day


def misread(line: str, chance: float, seed: str) -> str:
    """Return the line as a reader of pixels gives it: mostly right, and the same line mostly in the same way."""
    rng = Random(f"{seed}/{line}")
    while line and rng.random() < chance:
        wrong, read = rng.choice(_CONFUSED)
        places = [at for at in range(len(line)) if line.startswith(wrong, at)]
        if places:
            at = rng.choice(places)
            line = line[:at] + read + line[at + len(wrong) :]
        elif rng.random() < 0.3:
            at = rng.randrange(len(line))
            line = line[:at] + line[at + 1 :]
    return line
