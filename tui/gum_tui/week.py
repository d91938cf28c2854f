"""Seven local days beside each other: how long each was worked, on what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from textual.content import Content

from gum.client import Client
from gum_tui import day as days
from gum_tui import phrases
from gum_tui.day import Day, Stretch
from gum_tui.widgets.band import GAP_SIGNS, colours

DAYS = 7
CELLS = 48
"""Cells of a day in the overview: half an hour each, from midnight to midnight."""

MOST_APPS = 3


def monday(day: date) -> date:
    """Return the first day of the week."""
    return day - timedelta(days=day.weekday())


def read(client: Client, first: date, now: datetime) -> list[Day]:
    """Ask the daemon for seven days, those to come left out.  Raises ClientError."""
    start, end = days.bounds(first)[0], days.bounds(first + timedelta(days=DAYS - 1))[1]
    episodes, coverage = client.episodes(start, end), client.coverage(start, end)
    shown = [first + timedelta(days=number) for number in range(DAYS)]
    return [days.of(each, episodes, coverage, now) for each in shown if days.bounds(each)[0] <= now]


def title(first: date) -> str:
    """Return the week's number and days, as 'Week 10, Monday 2 March 2026 to Sunday 8 March 2026'."""
    last = first + timedelta(days=DAYS - 1)
    number = first.isocalendar().week
    return f"Week {number}, {phrases.day(days.bounds(first)[0])} to {phrases.day(days.bounds(last)[0])}"


def hours() -> Content:
    """Return the line of hours above the days."""
    return Content.styled(" " * 8 + "".join(phrases.hour(hour).ljust(CELLS // 4) for hour in (0, 6, 12, 18)), "$quiet")


def row(day: Day, apps: Sequence[str]) -> Content:
    """Return a day's name, its band with one colour an application, its time and its longest applications.

    `apps` are the week's applications, the longest first, so that each has one colour all week.
    """
    start = days.bounds(day.date)[0].astimezone()
    spent = sum(activity.seconds for activity in day.activities)
    longest = ", ".join(f"{_letter(apps, one.app)} {one.app}" for one in day.activities[:MOST_APPS])
    shown = (_at(day, start + timedelta(minutes=30 * cell)) for cell in range(CELLS))
    runs = [_run(stretch, len(list(cells)), apps) for stretch, cells in groupby(shown)]
    length = phrases.duration(spent) if spent else "nothing"
    return Content("").join(
        [Content(f"{start:%a} {start.day:>2}  "), *runs, Content(f" {length:>10}  "), Content.styled(longest, "$quiet")]
    )


def applications(shown: Sequence[Day]) -> list[str]:
    """Return the applications of several days, the one used longest first."""
    seconds: dict[str, float] = {}
    for day in shown:
        for activity in day.activities:
            seconds[activity.app] = seconds.get(activity.app, 0.0) + activity.seconds
    return sorted(seconds, key=lambda app: -seconds[app])


def _at(day: Day, since: datetime) -> Stretch | None:
    """Return what took most of half an hour."""
    until = since + timedelta(minutes=30)
    best, most = None, 0.0
    for stretch in day.stretches:
        shared = (min(until, stretch.ended_at) - max(since, stretch.started_at)).total_seconds()
        if shared > most:
            best, most = stretch, shared
    return best


def _run(stretch: Stretch | None, cells: int, apps: Sequence[str]) -> Content:
    if stretch is None:
        return Content(" " * cells)
    if stretch.episode is None:
        return Content.styled(GAP_SIGNS[stretch.state] * cells, "$quiet")
    place = apps.index(days.app_name(stretch.episode.app))
    back, front = colours(place)
    return Content.styled(_letter(apps, apps[place]).ljust(cells), f"{front} on {back}")


def _letter(apps: Sequence[str], app: str) -> str:
    return days.LETTERS[min(apps.index(app), len(days.LETTERS) - 1)]
