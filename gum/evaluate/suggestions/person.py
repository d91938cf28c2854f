"""A scripted person with hidden tastes: what they would find useful, what they are in the middle of, how they answer.

Everything follows from a seed.  The tastes are never told to the gate; it learns of them by the answers alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

KINDS = ("prepare", "remember", "unstick", "collect", "follow_up", "repeat", "tidy", "rest", "resume")
MORNING, AFTERNOON, EVENING = "morning", "afternoon", "evening"
_TICK = timedelta(minutes=20)
_FIRST_HOUR, _LAST_HOUR = 6, 24
# Chance of one occasion in each twenty minutes of a waking day: about fifteen a day.
_OCCASION = 0.33
_LOVED, _MIXED, _UNWANTED = (0.82, 0.96), (0.3, 0.6), (0.02, 0.12)
_SURE = 0.8  # the chance that what is wanted is accepted, and what is not is dismissed, instead of ignored
_SAYS_KIND = 0.1  # the chance that who dismisses an unwanted kind says that they want no more of it


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that could be suggested: from when until when, how sure its suggester is, and whether it would help."""

    key: str
    kind: str
    since: datetime
    until: datetime
    stated: float
    useful: bool


@dataclass(frozen=True, slots=True)
class Instant:
    """One look at the person: what they are in the middle of, which the gate has to find out for itself."""

    now: datetime
    doing: str

    @property
    def disturbed(self) -> bool:
        """Whether nobody would want to be spoken to."""
        return self.doing in ("typing", "call", "showing", "asleep")


class Person:
    """One person's weeks from a seed."""

    def __init__(self, seed: int, start: datetime) -> None:
        self._chance = random.Random(f"person {seed}")
        self._start = start
        order = list(KINDS)
        self._chance.shuffle(order)
        self._tastes: dict[tuple[str, str], float] = {}
        for place, kind in enumerate(order):
            ranges = [(_LOVED,) * 3, (_UNWANTED,) * 3, (_LOVED, _UNWANTED, _MIXED)][place % 3]
            for part, (low, high) in zip((MORNING, AFTERNOON, EVENING), ranges, strict=True):
                self._tastes[kind, part] = self._chance.uniform(low, high)

    def day(self, number: int) -> tuple[list[Instant], list[Occasion]]:
        """Return the looks at one day, and the occasions that arise in it."""
        midnight = self._start + timedelta(days=number)
        looks = [Instant(now, self._doing(now)) for now in _ticks(midnight)]
        found: list[Occasion] = []
        for look in looks:
            if look.doing != "asleep" and self._chance.random() < _OCCASION:
                found.append(self._occasion(look.now, f"{number}/{len(found)}"))
        return looks, found

    def answer(self, occasion: Occasion, look: Instant) -> tuple[str, str]:
        """Return 'accept', 'dismiss' or 'ignore', and the words with it."""
        wanted = occasion.useful and not look.disturbed
        sure = self._chance.random() < _SURE
        if not sure:
            return "ignore", ""
        if wanted:
            return "accept", ""
        hated = max(self._tastes[occasion.kind, part] for part in (MORNING, AFTERNOON, EVENING)) <= _UNWANTED[1]
        return "dismiss", "not this kind" if hated and self._chance.random() < _SAYS_KIND else ""

    def _occasion(self, now: datetime, name: str) -> Occasion:
        kind = self._chance.choice(KINDS)
        return Occasion(
            key=f"{kind}:{name}",
            kind=kind,
            since=now,
            until=now + timedelta(hours=self._chance.uniform(1, 3)),
            stated=round(self._chance.uniform(0.35, 0.7), 3),
            useful=self._chance.random() < self._tastes[kind, part_of(now)],
        )

    def _doing(self, now: datetime) -> str:
        if now.hour < 7 or now.hour >= 22:
            return "asleep"
        weights = {"typing": 0.3, "reading": 0.25, "searching": 0.2, "pausing": 0.1, "call": 0.1, "showing": 0.05}
        if now.hour >= 18 or now.weekday() >= 5:
            weights |= {"call": 0.02, "showing": 0.0, "reading": 0.4}
        return self._chance.choices(list(weights), list(weights.values()))[0]


def part_of(now: datetime) -> str:
    """Return the part of the day that tastes know."""
    return MORNING if now.hour < 12 else AFTERNOON if now.hour < 18 else EVENING


def _ticks(midnight: datetime) -> Iterator[datetime]:
    now = midnight + timedelta(hours=_FIRST_HOUR)
    while now < midnight + timedelta(hours=_LAST_HOUR):
        yield now
        now += _TICK
