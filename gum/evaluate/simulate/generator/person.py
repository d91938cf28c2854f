"""Who is simulated: two lives, a desk, and the people around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from random import Random

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.vocabulary import App, Life, half

HELD_OUT_FROM = 1000
"""Seeds from here on make personas that are never looked at while an engine is tuned."""

FIRST_DAY = datetime(2025, 1, 6, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated person; `switch` is (use, new application, day of the change) for a tool that is replaced."""

    seed: int
    name: str
    login: str
    host: str
    address: str
    zone: timezone
    first_day: datetime
    weeks: int
    work: Life
    private: Life
    held_out: bool
    others: tuple[str, ...]
    apps: dict[str, str] = field(repr=False)
    switch: tuple[str, str, int] | None
    workdays: tuple[int, ...]
    starts_at: int
    cities: tuple[tuple[int, str], ...]
    firms: tuple[tuple[int, str], ...]
    street: str
    misread: float
    """How often the reader gets a line wrong."""

    @property
    def days(self) -> int:
        return self.weeks * 7

    def app(self, use: str, day: int) -> App:
        """Return the application that the person uses for something on a day."""
        if self.switch is not None and self.switch[0] == use and day >= self.switch[2]:
            return vocabulary.apps()[self.switch[1]]
        return vocabulary.apps()[self.apps[use]]

    def city(self, day: int) -> str:
        """Return where the person lives on a day."""
        return next(name for since, name in reversed(self.cities) if since <= day)

    def firm(self, day: int) -> str:
        """Return for whom the person works on a day."""
        return next(name for since, name in reversed(self.firms) if since <= day)

    def midnight(self, day: int) -> datetime:
        """Return the local midnight at which a day begins."""
        return self.first_day + timedelta(days=day)


def compose(seed: int, weeks: int, rng: Random) -> Person:
    """Return the person of a seed."""
    held_out = seed >= HELD_OUT_FROM
    names = vocabulary.names()
    given, family = half(names["given"], held_out), half(names["family"], held_out)
    people = [f"{one} {other}" for one, other in zip(_drawn(rng, given, 12), _drawn(rng, family, 12), strict=True)]
    zone = timezone(timedelta(minutes=rng.choice(names["offsets"])))
    first = FIRST_DAY.replace(tzinfo=zone) + timedelta(weeks=rng.randrange(40))
    apps = {use.name: rng.choice(use.choices) for use in vocabulary.uses().values() if use.choices}
    return Person(
        seed=seed,
        name=people[0],
        login=people[0].split()[0].lower(),
        host=rng.choice(names["hosts"]),
        address=f"{people[0].lower().replace(' ', '.')}@{rng.choice(names['mail_domains'])}",
        zone=zone,
        first_day=first,
        weeks=weeks,
        work=_life(rng, False, held_out),
        private=_life(rng, True, held_out),
        held_out=held_out,
        others=tuple(people[1:]),
        apps=apps,
        switch=_switch(rng, apps, weeks * 7),
        workdays=tuple(sorted(rng.sample(range(6), 5))) if rng.random() < 0.25 else (0, 1, 2, 3, 4),
        starts_at=rng.choice((470, 480, 500, 515)),
        cities=_stretches(rng, half(names["cities"], held_out), weeks * 7, 0.4),
        firms=_stretches(rng, half(names["firms"], held_out), weeks * 7, 0.25),
        street=rng.choice(names["streets"]),
        misread=rng.choice((0.05, 0.1, 0.18, 0.3)),
    )


def _stretches(rng: Random, choices: Sequence[str], days: int, chance: float) -> tuple[tuple[int, str], ...]:
    """Return one of the choices from the first day on, and perhaps another from the middle on."""
    first, second = rng.sample(list(choices), 2)
    turn = rng.randrange(days // 3, days // 2 + 1)
    return ((0, first), (turn, second)) if rng.random() < chance else ((0, first),)


def _life(rng: Random, private: bool, held_out: bool) -> Life:
    return rng.choice([one for one in vocabulary.lives() if one.private is private and (held_out or not one.reserved)])


def _switch(rng: Random, apps: dict[str, str], days: int) -> tuple[str, str, int] | None:
    use = rng.choice(("mail", "notes", "browsing", "chat", ""))
    if not use:
        return None
    others = [key for key in vocabulary.uses()[use].choices if key != apps[use]]
    return use, rng.choice(others), rng.randrange(days // 3, days // 2 + 1)


def _drawn(rng: Random, items: Sequence[str], count: int) -> list[str]:
    return rng.sample(list(items), count)
