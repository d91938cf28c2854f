"""A scripted person lives with the program for some weeks: what is offered, when, and how it is answered.

Store, gate, learning, actions and their files are the real ones; the person and the suggester are scripted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gum import plugins
from gum.config import Config
from gum.evaluate.suggestions.person import Instant, Occasion, Person
from gum.infer.verdicts import Review
from gum.paths import Home
from gum.protocols import Situation
from gum.records import Candidate, Observation
from gum.store import Store
from gum.suggest.pipeline import Suggesting

START = datetime(2026, 3, 2, tzinfo=UTC)
BENEFIT, COST_FALSE_ALARM, COST_SILENCE = 5.0, 4.0, 2.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One interruption: the occasion, the look at the person at which it came, and the answer."""

    occasion: Occasion
    look: Instant
    answer: str


@dataclass(frozen=True, slots=True)
class Life:
    """What happened to one person: all occasions, and those that became interruptions, in the order of time."""

    days: int
    occasions: tuple[Occasion, ...]
    looks: tuple[Instant, ...]
    shown: tuple[Shown, ...]


class _Occasions:
    """A suggester that offers what the script says; each rests on one thing that the person has stated."""

    kind = "scripted"

    def __init__(self, known: int) -> None:
        self.open: list[Occasion] = []
        self._known = known

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        return [self._candidate(one) for one in self.open if one.since <= situation.now < one.until]

    def _candidate(self, one: Occasion) -> Candidate:
        return Candidate(
            kind=one.kind,
            title=f"Note {one.key}",
            why="It is scripted.",
            action="note",
            payload={"title": f"Note {one.key}", "markdown": f"# {one.key}\n"},
            propositions=(self._known,),
            p_useful=one.stated,
            benefit=BENEFIT,
            cost_false_alarm=COST_FALSE_ALARM,
            cost_silence=COST_SILENCE,
            key=one.key,
            expires_at=one.until,
        )


def live(seed: int, days: int) -> Life:
    """Return the life of one person, played in a home that is gone afterwards.  Raises StoreError."""
    person = Person(seed, START)
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="gum-") as folder, Store.open(Home(Path(folder)), now=clock) as store:
        suggester = _Occasions(Review(store, clock).add("The person lives by a script.").id)
        actions = {name: kind() for name, kind in plugins.load_all("gum.actions", ["note"]).items()}
        config = Config.model_validate({"suggest": {"burn_in_hours": 0}})
        suggesting = Suggesting(store, {"scripted": suggester}, actions, config, Path(folder) / "output", clock)
        return _lived(person, days, clock, suggester, suggesting, store)


class _Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def _lived(
    person: Person, days: int, clock: _Clock, suggester: _Occasions, suggesting: Suggesting, store: Store
) -> Life:
    occasions: list[Occasion] = []
    looks: list[Instant] = []
    shown: list[Shown] = []
    for number in range(days):
        today, arising = person.day(number)
        suggester.open = arising
        named = {one.key: one for one in arising}
        for look in today:
            clock.now = look.now
            _observe(store, look)
            for offered in suggesting.discover(look.now):
                occasion = named[offered.key]
                answer, words = person.answer(occasion, look)
                if answer == "accept":
                    suggesting.accept(offered.id)
                elif answer == "dismiss":
                    suggesting.dismiss(offered.id, words)
                shown.append(Shown(occasion, look, answer))
        occasions += arising
        looks += today
    return Life(days, tuple(occasions), tuple(looks), tuple(shown))


def _observe(store: Store, look: Instant) -> None:
    """Keep what would be observed of what the person is doing, as it happens on a desktop."""
    for seconds, kind, app, title, keys in _SEEN[look.doing]:
        at = look.now - timedelta(seconds=seconds)
        store.observations.add(Observation("script", kind, at, at, app, title, keys=keys, scrolls=3 * (not keys)))


_SEEN = {
    "typing": (
        (90, "window", "mousepad", "letter.md - Mousepad", 0),
        (4, "activity", "mousepad", "letter.md - Mousepad", 35),
    ),
    "reading": (
        (120, "window", "chromium", "The tides of the estuary - Chromium", 0),
        (30, "activity", "chromium", "The tides of the estuary - Chromium", 0),
    ),
    "searching": ((20, "window", "chromium", "tide tables for may - Google Search - Chromium", 0),),
    "pausing": ((600, "window", "thunar", "Documents - Thunar", 0),),
    "call": (
        (240, "window", "zoom", "Zoom Meeting", 0),
        (40, "window", "mousepad", "minutes.md - Mousepad", 0),
    ),
    "showing": (
        (60, "window", "soffice", "PowerPoint Slide Show - tides.pptx", 0),
        (20, "activity", "soffice", "PowerPoint Slide Show - tides.pptx", 0),
    ),
    "asleep": (),
}
