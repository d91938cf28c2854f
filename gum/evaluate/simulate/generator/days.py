"""Puts visits into days, one after the other, as one person at one screen makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from gum.evaluate.simulate.generator.person import Person
from gum.evaluate.simulate.generator.view import View, Visit

_LATEST = 24 * 60 - 20


def laid_out(person: Person, visits: Sequence[Visit], rng: Random) -> Iterator[tuple[datetime, View, Visit]]:
    """Yield every view with the instant at which it begins, in order of time.

    Visits that must be at their minute are; the others give way.
    """
    by_day: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_day[visit.day].append(visit)
    for day in sorted(by_day):
        free = person.midnight(day)
        for visit in _in_order(by_day[day]):
            begins = max(free + timedelta(seconds=rng.randrange(1, 40)), person.midnight(day) + _at(visit, rng))
            if begins >= person.midnight(day) + timedelta(minutes=_LATEST):
                continue
            at = begins
            for view in visit.views:
                yield at, view, visit
                at += timedelta(seconds=view.seconds + rng.randrange(1, 4))
            free = at


def _in_order(visits: Sequence[Visit]) -> list[Visit]:
    """Return the visits by their minute; a free one that would reach into an exact one comes after it."""
    ordered = sorted(visits, key=lambda one: one.minute)
    exact = [one for one in ordered if one.exact]
    placed: list[tuple[float, Visit]] = []
    for one in ordered:
        minute = float(one.minute)
        length = sum(view.seconds for view in one.views) / 60 + 2
        for other in exact:
            if not one.exact and minute < other.minute < minute + length:
                minute = other.minute + 0.5
        placed.append((minute, one))
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _at(visit: Visit, rng: Random) -> timedelta:
    return timedelta(minutes=visit.minute, seconds=rng.randrange(60))
