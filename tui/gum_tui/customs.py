"""How the person's locale writes times and dates: a clock of 12 or 24 hours, the day or the month first.

The names of days and months stay English, as all words of the interface are.
"""

from __future__ import annotations

import locale
import re
import sys
from dataclasses import dataclass

_TWELVE_HOURS = re.compile(r"%[-_^]?[rIlpP]")
_MONTH_FIRST = re.compile(r"[^%]*%([-_^O]?[mbBh]|D)")
_WITHOUT_CUSTOMS = frozenset({"C", "POSIX"})


@dataclass(frozen=True, slots=True)
class Customs:
    """Without a locale it is 24 hours and the day first."""

    twelve_hours: bool = False
    month_first: bool = False


def of(time: str, date: str) -> Customs:
    """Return what the formats of a locale say, as strftime takes them.

    A date that begins with its year says nothing here: every month is written by its name.
    """
    return Customs(bool(_TWELVE_HOURS.search(time)), bool(_MONTH_FIRST.match(date)))


def read() -> Customs:
    """Return those of the locale that the environment names; ours where it names none, or one that is not installed."""
    if sys.platform == "win32":
        return Customs()
    before = locale.setlocale(locale.LC_TIME)
    try:
        name = locale.setlocale(locale.LC_TIME, "")
        if name.split(".")[0] in _WITHOUT_CUSTOMS:
            return Customs()
        return of(locale.nl_langinfo(locale.T_FMT), locale.nl_langinfo(locale.D_FMT))
    except locale.Error:
        return Customs()
    finally:
        locale.setlocale(locale.LC_TIME, before)
