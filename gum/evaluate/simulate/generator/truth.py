"""What is true of a simulated person, what is not, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SUPPORTABLE_FROM = 3
"""A fact is supportable when at least so many visits show it with no other reading."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is true of the person from `starts` until `ends` (None: to the end of the simulation).

    Any of `names` names it, any of `qualifiers` is its detail (none: the detail does not matter).  `shown` counts
    the visits that showed it legibly.  `planted` facts are what there is to be found out; the others are true as well,
    but nobody would miss them (a letter that was opened once).
    """

    id: str
    predicate: str
    names: tuple[str, ...]
    qualifiers: tuple[str, ...]
    starts: datetime
    ends: datetime | None
    shown: int
    planted: bool = True
    replaced_by: str = ""

    @property
    def supportable(self) -> bool:
        return self.planted and self.shown >= SUPPORTABLE_FROM


@dataclass(frozen=True, slots=True)
class Decoy:
    """Something that stands on the screen and is not true of the person; `why` says where it came from."""

    id: str
    predicate: str
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What was in front from an instant on, for judging claims of routine."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The ground truth of one simulated person."""

    facts: tuple[Fact, ...]
    decoys: tuple[Decoy, ...]
    happenings: tuple[Happening, ...]
    workdays: int
    """Days on which the computer was used."""
