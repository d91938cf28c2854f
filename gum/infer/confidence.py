"""The only place where a probability is made.

    logit(p) = logit(prior of the kind) + support - opposition

An engine states the strength of its evidence, 1 to 10, and `WEIGHTS` turns it into logits:

    strength   1    2    3    4    5    6    7    8    9    10
    weight    0.2  0.4  0.7  1.0  1.4  1.8  2.3  2.8  3.4  4.0

Weights fade with the half-life of the proposition's durability, each from its own moment.  The rows of
one episode count once (the strongest), the n-th episode of a day counts a tenth of the one before it,
and the n-th day a n-th of its weight, so that n days add up like log n.  Days are days of UTC.

Trust is cumulative: for each class in use, from the most trusted down, the evidence of that class and of
those above it is summed and cut off at the class's cap; the best of these sums holds.  So evidence of a
lower class can only add, and only up to its own cap.  One cap rises: what the person was seen doing on screen on
three days or more is carried as far as a document they edit; they came back to it, and no page can do that for them.

A routine is judged by its recurrence: while it keeps its rhythm, the mean gap between the days on which it was seen,
nothing of it fades.  Once it is overdue, by two gaps and at least three days, all of it fades together with a half-life
of six gaps, at least two weeks.

What speaks against is summed in the same way and subtracted.  It fades only as far as newer support has
come after it: without new support a refuted belief never creeps back.

A confirmation is support of the highest trust that settles what was said before it.  For phases and
traits it does not fade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gum.infer.odds import chance, logit
from gum.records import Durability, Evidence, Kind, Stance, Trust

PRIORS: Mapping[Kind, float] = {
    Kind.ACTIVITY: 0.35,
    Kind.STATE: 0.30,
    Kind.INTEREST: 0.25,
    Kind.RELATION: 0.25,
    Kind.COMMITMENT: 0.25,
    Kind.PREFERENCE: 0.20,
    Kind.FACT: 0.20,
    Kind.ROUTINE: 0.15,
    Kind.SKILL: 0.15,
}
WEIGHTS: Mapping[int, float] = {1: 0.2, 2: 0.4, 3: 0.7, 4: 1.0, 5: 1.4, 6: 1.8, 7: 2.3, 8: 2.8, 9: 3.4, 10: 4.0}
HALF_LIVES: Mapping[Durability, timedelta] = {
    Durability.MOMENT: timedelta(hours=1),
    Durability.TASK: timedelta(days=2),
    Durability.PROJECT: timedelta(days=30),
    Durability.PHASE: timedelta(days=120),
    Durability.TRAIT: timedelta(days=730),
}
# The highest probability that each class of trust can carry alone, most trusted first.
CAPS: Mapping[Trust, float] = {
    Trust.STATED: 0.99,
    Trust.TYPED: 0.95,
    Trust.SYSTEM: 0.95,
    Trust.DOCUMENT: 0.90,
    Trust.SCREEN: 0.70,
    Trust.UNTRUSTED: 0.40,
}
# What the person does, comes back to, and may be seen doing.
DOING = frozenset({Kind.ACTIVITY, Kind.INTEREST, Kind.RELATION, Kind.ROUTINE})
DAYS_OF_RETURN = 3
LASTING = frozenset({Durability.PHASE, Durability.TRAIT})
REJECTED = 1 - CAPS[Trust.STATED]

_SAME_DAY = 0.1
_CONFIRMED = 8.0  # logits: lifts any prior to the cap of what is stated
_DAYS_TO_RHYTHM = 2
_GRACE, _RHYTHM_LOST = timedelta(days=3), timedelta(days=14)
_NEAR = 0.05  # a class carries a belief when it alone comes this near to its probability


@dataclass(frozen=True, slots=True)
class Belief:
    """A probability before calibration, the trust that carries it, and what stands behind it.

    `bound` is the class whose cap bounds it (see `bound_of`).
    """

    probability: float
    bound: Trust
    trust: Trust
    episodes: int
    trusted_episodes: int
    last_supported: datetime | None


def weight_of(strength: int) -> float:
    """Return the weight of a piece of evidence in logits; strengths outside 1 to 10 count as the nearest."""
    return WEIGHTS[min(10, max(1, strength))]


def cap_of(trust: Trust) -> float:
    """Return the highest probability that evidence of this class can carry alone."""
    return CAPS[trust]


def bound_of(trust: Trust, raw: float) -> Trust:
    """Return the class whose cap bounds a raw probability that evidence of this class carries.

    That is the class itself, or where returning to it has carried it beyond its cap, that of documents.
    """
    return trust if raw <= CAPS[trust] else Trust.DOCUMENT


def believe(
    kind: Kind,
    durability: Durability,
    evidence: Sequence[Evidence],
    now: datetime,
    confirmed_at: datetime | None = None,
) -> Belief:
    """Return what the evidence amounts to at an instant; the order of the evidence plays no part."""
    support = [one for one in evidence if one.stance is Stance.FOR]
    held = _rhythm_held(support, now) if kind is Kind.ROUTINE else None
    reckon = _Reckoning(kind, durability, now, confirmed_at, held)
    against = [one for one in evidence if one.stance is Stance.AGAINST and not reckon.settled(one)]
    levels = {trust: reckon.level(trust, support, against) for trust in _classes(support, confirmed_at)}
    best = max(levels.values())
    carrying = next(trust for trust, level in levels.items() if chance(level) >= chance(best) - _NEAR)
    probability = min(chance(best), reckon.cap(carrying, support))
    return Belief(
        probability=probability,
        bound=bound_of(carrying, probability),
        trust=carrying,
        episodes=len({one.episode for one in support}),
        trusted_episodes=len({one.episode for one in support if one.trust is not Trust.UNTRUSTED}),
        last_supported=max([one.at for one in support] + ([confirmed_at] if confirmed_at else []), default=None),
    )


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """The sums of DESIGN 5 for one proposition at one instant."""

    kind: Kind
    durability: Durability
    now: datetime
    confirmed_at: datetime | None
    rhythm_held: float | None = None

    def level(self, trust: Trust, support: Sequence[Evidence], against: Sequence[Evidence]) -> float:
        """Return the logit that evidence of this class and of those above it amounts to."""
        heard = [one for one in support if _at_least(one.trust, trust)]
        prior = logit(PRIORS[self.kind])
        held = prior + _saturated([(one, self._left_of(one)) for one in heard]) + self._confirmation()
        newest = max([one.at for one in heard] + ([self.confirmed_at] if self.confirmed_at else []), default=None)
        return min(held, logit(self.cap(trust, heard))) - self._opposition(against, newest)

    def cap(self, trust: Trust, support: Sequence[Evidence]) -> float:
        """Return how far evidence of this class and of those above it carries."""
        if trust is Trust.SCREEN and self.kind in DOING:
            days = {one.at.astimezone(UTC).date() for one in support if _at_least(one.trust, trust)}
            if len(days) >= DAYS_OF_RETURN:
                return CAPS[Trust.DOCUMENT]
        return CAPS[trust]

    def _left_of(self, one: Evidence) -> float:
        return self._fading(one.at, self.now) if self.rhythm_held is None else self.rhythm_held

    def settled(self, one: Evidence) -> bool:
        """Return whether the person has confirmed the belief since this was seen."""
        return self.confirmed_at is not None and one.at <= self.confirmed_at

    def _confirmation(self) -> float:
        if self.confirmed_at is None:
            return 0.0
        fading = 1.0 if self.durability in LASTING else self._fading(self.confirmed_at, self.now)
        return _CONFIRMED * fading

    def _opposition(self, against: Sequence[Evidence], newest_support: datetime | None) -> float:
        """Return the best of the classes' sums, each cut off at how far the class could have lifted a belief."""
        best = 0.0
        for trust in {one.trust for one in against}:
            heard = [one for one in against if _at_least(one.trust, trust)]
            weighed = [(one, self._fading(one.at, newest_support or one.at)) for one in heard]
            best = max(best, min(_saturated(weighed), logit(CAPS[trust]) - logit(0.2)))
        return best

    def _fading(self, since: datetime, until: datetime) -> float:
        age = max(timedelta(0), until - since)
        return float(2.0 ** -(age / HALF_LIVES[self.durability]))


def _rhythm_held(support: Sequence[Evidence], now: datetime) -> float | None:
    """Return how far the weights of a routine still hold, 0 to 1; None when it was not seen on two days."""
    days = {one.at.astimezone(UTC).date() for one in support}
    if len(days) < _DAYS_TO_RHYTHM:
        return None
    gap = (max(days) - min(days)) / (len(days) - 1)
    overdue = now - max(one.at for one in support) - max(_GRACE, 2 * gap)
    return float(2.0 ** -(max(timedelta(0), overdue) / max(_RHYTHM_LOST, 6 * gap)))


def _classes(support: Sequence[Evidence], confirmed_at: datetime | None) -> list[Trust]:
    """Return the classes in use, most trusted first; the least trusted one when there is nothing."""
    used = {one.trust for one in support} | ({Trust.STATED} if confirmed_at else set())
    return [trust for trust in CAPS if trust in used] or [Trust.UNTRUSTED]


def _at_least(trust: Trust, bar: Trust) -> bool:
    order = list(CAPS)
    return order.index(trust) <= order.index(bar)


def _saturated(weighed: Sequence[tuple[Evidence, float]]) -> float:
    """Return the sum of faded weights: an episode once, a day hardly more than once, n days like log n."""
    episodes: dict[tuple[date, int], float] = defaultdict(float)
    for one, fading in weighed:
        key = (one.at.astimezone(UTC).date(), one.episode)
        episodes[key] = max(episodes[key], one.weight * fading)
    days: dict[date, list[float]] = defaultdict(list)
    for (day, _), weight in episodes.items():
        days[day].append(weight)
    sums = [sum(w * _SAME_DAY**n for n, w in enumerate(sorted(day, reverse=True))) for day in days.values()]
    return sum(weight / n for n, weight in enumerate(sorted(sums, reverse=True), start=1))
