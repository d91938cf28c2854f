"""What is to be simulated, while it is put together: facts, decoys, visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from gum.evaluate.simulate.generator.person import Person
from gum.evaluate.simulate.generator.scenes import Scenes
from gum.evaluate.simulate.generator.truth import Decoy
from gum.evaluate.simulate.generator.view import Mark, View, Visit

EVENING = 19 * 60


@dataclass(slots=True)
class Planned:
    """A fact before it is known how often it was shown."""

    id: str
    predicate: str
    names: tuple[str, ...]
    qualifiers: tuple[str, ...]
    starts: datetime
    ends: datetime | None
    planted: bool
    replaced_by: str = ""


class Plan:
    """Collects what the threads of a life bring."""

    def __init__(self, person: Person, rng: Random) -> None:
        self.person = person
        self.rng = rng
        self.scenes = Scenes(person, rng)
        self.facts: dict[str, Planned] = {}
        self.decoys: list[Decoy] = []
        self.visits: list[Visit] = []

    def fact(
        self,
        predicate: str,
        names: Sequence[str],
        qualifiers: Sequence[str] = (),
        since: int = 0,
        until: int | None = None,
        planted: bool = True,
    ) -> str:
        """Add a fact that holds from one day to before another; return its id."""
        id = f"{predicate}-{sum(one.predicate == predicate for one in self.facts.values()) + 1}"
        ends = None if until is None else self.person.midnight(until)
        starts = self.person.midnight(since)
        self.facts[id] = Planned(id, predicate, tuple(names), tuple(qualifiers), starts, ends, planted)
        return id

    def decoy(self, predicate: str, names: Sequence[str], why: str) -> None:
        """Add something that is shown and not true."""
        self.decoys.append(Decoy(f"decoy-{len(self.decoys) + 1}", predicate, tuple(names), why))

    def visit(self, day: int, minute: int, *views: View, exact: bool = False, shows: Sequence[str] = ()) -> None:
        """Add a visit; one after the end of the simulation is left out."""
        if 0 <= day < self.person.days:
            self.visits.append(Visit(day, minute, views, exact, tuple(shows)))

    def working_days(self, since: int = 0, until: int | None = None) -> list[int]:
        """Return the days on which the person works."""
        last = self.person.days if until is None else min(until, self.person.days)
        return [day for day in range(since, last) if day % 7 in self.person.workdays]

    def at_work(self) -> int:
        """Return a minute of the working day."""
        return self.rng.randrange(self.person.starts_at + 25, self.person.starts_at + 9 * 60)

    def evening(self) -> int:
        """Return a minute of the evening."""
        return self.rng.randrange(EVENING - 20, EVENING + 150)

    def date(self, day: int) -> datetime:
        """Return the local midnight of a day, which may lie behind the end."""
        return self.person.first_day + timedelta(days=day)


def marks(fact: str, *words: str) -> list[Mark]:
    """Return marks of one fact, one for each of the words that show it."""
    return [Mark(fact, one) for one in words]
