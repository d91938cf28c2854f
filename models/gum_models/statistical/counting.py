"""Counts and what follows from them: the words that state them, and the strength of evidence.

Strength, 1 to 10, of a finding that rests on repetition:

    episodes   1  2  3-4  5-7  8+
    points     2  3   4    5    6
    days       2: +1    3-4: +2    5+: +3
    volume     an hour in front or 500 keys: +1

Strength of what the person wrote themselves, which one sighting carries: typed 7, in their document 5;
each further day it stands adds 1 up to 9.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gum_models.statistical.digest import Sighting


@dataclass(frozen=True, slots=True)
class Tally:
    """How often and how much: distinct episodes and local days, seconds in front, keys typed."""

    episodes: int
    days: int
    seconds: float
    keys: int

    @staticmethod
    def of(sightings: Iterable[Sighting]) -> Tally:
        """Count a set of sightings."""
        episodes: set[int] = set()
        days: set[date] = set()
        seconds, keys = 0.0, 0
        for sighting in sightings:
            episodes.add(sighting.episode)
            days.add(sighting.day)
            seconds += sighting.seconds
            keys += sighting.keys
        return Tally(len(episodes), len(days), seconds, keys)

    @property
    def strength(self) -> int:
        """The strength of evidence by repetition; see the table above."""
        points = 2 + sum(self.episodes >= bar for bar in (2, 3, 5, 8))
        points += sum(self.days >= bar for bar in (2, 3, 5))
        return min(10, points + (self.seconds >= 3600 or self.keys >= 500))

    def often(self) -> str:
        """Return how often: '5 episodes on 3 days'."""
        return f"{plural(self.episodes, 'episode')} on {plural(self.days, 'day')}"

    def words(self) -> str:
        """Return the counts as a person would say them: '5 episodes on 3 days, 2 h 10 min, 1400 keys'."""
        said = [self.often(), duration(self.seconds)]
        if self.keys:
            said.append(plural(self.keys, "key"))
        return ", ".join(said)


def written_strength(typed: bool, days: int) -> int:
    """Return the strength of the person's own words; see the table above."""
    return min(9, (7 if typed else 5) + max(0, days - 1))


def plural(count: int, noun: str) -> str:
    """Return '1 day' or '3 days'."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def times(count: int) -> str:
    """Return 'once', 'twice' or '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def duration(seconds: float) -> str:
    """Return '40 s', '12 min' or '2 h 10 min'."""
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
