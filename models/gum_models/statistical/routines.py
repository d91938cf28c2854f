"""has_routine: the same activity at about the same local time on several days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from statistics import median

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting, topics
from gum_models.statistical.counting import plural
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import content, normal, words
from gum_models.statistical.projects import document_of, folder_of
from gum_models.statistical.tools import tool_of, work_of
from gum_models.statistical.topics import is_page

ENOUGH_DAYS = 3
SPARSE = 2  # days for each day with it: pages are so many that some come back at their hour by chance
WINDOW_MIN = 60
OUTSIDE_DAYS = 0.2
SHORT_DAY_H = 2.0
ONCE = 1.5
LEAST_WORDS = 8
ROUND_MIN = 5
_MEETING = frozenset({"meetings"})


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each activity of this episode that keeps its time of day on three days or more."""
    groups: dict[str, list[Sighting]] = {}
    names: dict[str, tuple[str, str]] = {}
    sites = topics.sites(view)
    for seen in view.sightings():
        name = seen.once(activity_of)
        if name is not None and name[0] not in sites:
            names.setdefault(name[0], name)
            groups.setdefault(name[0], []).append(seen)
    hours = _hours(view)
    here = {name[0] for seen in view.current.sightings if (name := seen.once(activity_of)) is not None}
    for key, sightings in groups.items():
        if key not in here:
            continue
        weekly = _weekly(sightings)
        usual = weekly or window(sightings) or _since_change(sightings)
        chance = not weekly and all(is_page(seen) for seen in sightings) and not _is_dense(usual)
        if chance or _is_all_there_is(usual, hours):
            continue
        quotes = quoting.quoted(view, usual, _reached, lambda seen: [quoting.of_title(seen)])
        if quotes:
            yield _draft(names[key], usual, sightings, quotes, weekly=bool(weekly))


def activity_of(seen: Sighting) -> tuple[str, str] | None:
    """Return an activity's normal form and its words, or None for what is too general to be a routine."""
    if work_of(seen) == "mail":
        return "mail", f"reads mail in {tool_of(seen)}"
    if work_of(seen) in _MEETING and content(seen.title.subject):
        return normal(seen.title.subject), f"has {seen.title.subject}"
    if document := document_of(seen):
        return normal(document), f"works on {document}"
    if folder := folder_of(seen):
        return normal(folder), f"works on {folder}"
    if is_page(seen) and content(seen.title.subject) and _says_something(seen):
        return normal(seen.title.subject), f"visits the page {seen.title.subject}"
    return None


def _says_something(seen: Sighting) -> bool:
    """Say whether the page has a text to come back for; a start page with a search field has not."""
    return not seen.texts or any(len(words(text.text)) >= LEAST_WORDS for text in seen.texts)


def window(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings inside the hour of the day that holds most days.

    None when it also goes on outside of that hour on more than one day in five: then the hour is no habit.
    """
    ordered = sorted(sightings, key=_minute)
    start, most = 0, 0
    low = 0
    days: Counter[date] = Counter()
    for seen in ordered:
        days[seen.day] += 1
        while _minute(seen) - _minute(ordered[low]) > WINDOW_MIN:
            days[ordered[low].day] -= 1
            low += 1
        if (held := len(+days)) > most:
            start, most = low, held
    best = [seen for seen in ordered[start:] if _minute(seen) - _minute(ordered[start]) <= WINDOW_MIN]
    kept = {id(seen) for seen in best}
    outside = {seen.day for seen in sightings if id(seen) not in kept}
    if len(outside) > OUTSIDE_DAYS * len(_days(sightings)):
        return []
    return sorted(best, key=lambda seen: seen.started)


def _is_dense(usual: Sequence[Sighting]) -> bool:
    days = _days(usual)
    return bool(days) and (max(days) - min(days)).days <= SPARSE * len(days)


def _since_change(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings of a new hour, where an older one was kept before: the last days, at least three of each."""
    days = sorted(_days(sightings))
    for cut in range(len(days) - ENOUGH_DAYS, ENOUGH_DAYS - 1, -1):
        before = window([seen for seen in sightings if seen.day < days[cut]])
        after = window([seen for seen in sightings if seen.day >= days[cut]])
        if len(_days(before)) >= ENOUGH_DAYS and len(_days(after)) >= ENOUGH_DAYS:
            return after
    return []


def _weekly(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings at one hour of one weekday, where it is kept to that in three weeks or more."""
    if len(_days(sightings)) < ENOUGH_DAYS:
        return []
    weekdays = Counter(day.weekday() for day in _days(sightings))
    weekday, held = weekdays.most_common(1)[0]
    if held < ENOUGH_DAYS or held < (1 - OUTSIDE_DAYS) * len(_days(sightings)):
        return []
    return window([seen for seen in sightings if seen.day.weekday() == weekday])


def _hours(view: View) -> dict[date, float]:
    """Return for each day how many hours lie between the first and the last thing seen."""
    minutes: dict[date, list[float]] = {}
    for seen in view.sightings():
        minutes.setdefault(seen.day, []).append(_minute(seen))
    return {day: (max(found) - min(found)) / 60 for day, found in minutes.items()}


def _is_all_there_is(usual: Sequence[Sighting], hours: Mapping[date, float]) -> bool:
    """Say whether the time says nothing, because the person is seen for little longer at all.

    What is done just once on such a day keeps its time all the same.
    """
    days = _days(usual)
    often = len({seen.episode for seen in usual}) > ONCE * len(days)
    return bool(days) and often and median(hours[day] for day in days) < SHORT_DAY_H


def _reached(sightings: Sequence[Sighting]) -> bool:
    return len(_days(sightings)) >= ENOUGH_DAYS


def _days(sightings: Sequence[Sighting]) -> set[date]:
    return {seen.day for seen in sightings}


def _minute(seen: Sighting) -> float:
    return seen.started.hour * 60 + seen.started.minute + seen.started.second / 60


def _draft(
    name: tuple[str, str],
    usual: Sequence[Sighting],
    every: Sequence[Sighting],
    quotes: tuple[Quote, ...],
    weekly: bool = False,
) -> Draft:
    first = {day: min(_minute(seen) for seen in usual if seen.day == day) for day in _days(usual)}
    at = round(median(first.values()) / ROUND_MIN) * ROUND_MIN % (24 * 60)
    clock = f"around {at // 60:02d}:{at % 60:02d}"
    clock = f"on {min(first):%A}s {clock}" if weekly else clock
    spread = round(max(first.values()) - min(first.values()))
    return Draft(
        text=f"The user usually {name[1]} {clock}.",
        reasoning=f"It began within {plural(spread, 'minute')} of the same time on {plural(len(first), 'day')} "
        f"of {plural(len(_days(every)), 'day')} with it.",
        kind=Kind.ROUTINE,
        durability=Durability.PHASE,
        theme=Theme.HABITS,
        quotes=quotes,
        strength=min(10, 3 + len(first)),
        claim=Claim("has_routine", name[0], clock),
    )
