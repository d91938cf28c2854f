"""One simulated person from the first day to the last: what was shown to them, judged, and what was found out."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from gum.config import Config
from gum.daemon.temporary import temporary_home
from gum.evaluate.simulate.generator import Fact, Life
from gum.evaluate.simulate.judging import Judge
from gum.evaluate.simulate.playing import Review, play
from gum.infer.steps import Steps
from gum.paths import Home
from gum.records import Proposition, Trust
from gum.replay.names import tokens


@dataclass(frozen=True, slots=True)
class Stated:
    """A proposition as it was shown at one instant, and whether it was right then."""

    seed: int
    proposition: int
    predicate: str
    text: str
    raw: float
    trust: Trust
    kind: str
    at: datetime
    right: bool
    facts: tuple[str, ...]
    why: str
    decoy: str


@dataclass(frozen=True, slots=True)
class Lived:
    """What was shown of one person, each proposition judged once, and which facts were found.

    `stated` is judged at one of the instants at which it was shown, drawn by chance as a person might happen to look;
    `at_end` at the end.  `found` are facts that something right stated at any time, `found_held` the same for what was
    held with a probability of a half or more.  `repeated` counts what was shown at the end although something more
    probable said the same.
    """

    seed: int
    lives: tuple[str, str]
    weeks: int
    facts: tuple[Fact, ...]
    stated: tuple[Stated, ...]
    at_end: tuple[Stated, ...]
    found: frozenset[str]
    found_held: frozenset[str]
    repeated: int
    propositions: int
    observations: int
    episodes: int
    noise: float
    seconds: float

    @property
    def planted(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.planted]


HELD = 0.5
"""From this raw probability on a proposition is said to be true rather than not."""


def lived(life: Life, config: Config, models_of: Home, steps: Steps) -> Lived:
    """Let an agent live with a simulated person, in a home that is thrown away, and judge what it believed.

    Raises StoreError, PluginError, ConfigError.
    """
    seed = life.person.seed
    with temporary_home(models_of) as home:
        played = play(life, home, config, steps)
    judge = Judge(life.truth)
    found, held = _found(judge, played.reviews)
    return Lived(
        seed=seed,
        lives=(life.person.work.name, life.person.private.name),
        weeks=life.person.weeks,
        facts=life.truth.facts,
        stated=tuple(_stated(seed, judge, *drawn) for drawn in _drawn(seed, played.reviews)),
        at_end=tuple(_stated(seed, judge, one, played.reviews[-1].at) for one in played.reviews[-1].propositions),
        found=found,
        found_held=held,
        repeated=repeated(played.reviews[-1].propositions),
        propositions=len(played.propositions),
        observations=played.observations,
        episodes=played.episodes,
        noise=played.noise,
        seconds=played.seconds,
    )


def repeated(shown: Sequence[Proposition]) -> int:
    """Return how many say the same as another: the same predicate, thing and detail, or the same words."""
    return len(shown) - len({_sense(one) for one in shown})


def _sense(one: Proposition) -> tuple[str, frozenset[str], frozenset[str]]:
    if one.claim is None:
        return str(one.kind), tokens(one.text), frozenset()
    return one.claim.predicate, tokens(one.claim.object) or frozenset({one.claim.object}), tokens(one.claim.qualifier)


def _drawn(seed: int, reviews: Sequence[Review]) -> Iterable[tuple[Proposition, datetime]]:
    """Return each proposition that was ever shown, as it stood at one of the reviews that showed it."""
    shown: dict[int, list[tuple[Proposition, datetime]]] = defaultdict(list)
    for review in reviews:
        for one in review.propositions:
            shown[one.id].append((one, review.at))
    return [Random(f"{seed}/{id}").choice(shown[id]) for id in sorted(shown)]


def _found(judge: Judge, reviews: Sequence[Review]) -> tuple[frozenset[str], frozenset[str]]:
    found: set[str] = set()
    held: set[str] = set()
    for review in reviews:
        for one in review.propositions:
            facts = judge.judge(one, review.at).facts
            found.update(facts)
            if one.raw_probability >= HELD:
                held.update(facts)
    return frozenset(found), frozenset(held)


def _stated(seed: int, judge: Judge, one: Proposition, at: datetime) -> Stated:
    verdict = judge.judge(one, at)
    return Stated(
        seed=seed,
        proposition=one.id,
        predicate=one.claim.predicate if one.claim else str(one.kind),
        text=one.text,
        raw=one.raw_probability,
        trust=one.trust,
        kind=str(one.kind),
        at=at,
        **{field.name: getattr(verdict, field.name) for field in dataclasses.fields(verdict)},
    )
