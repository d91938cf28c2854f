"""Figures over the store: how reliable the beliefs are, and what the days were spent on.

Days, hours and weeks are local; a week begins on Monday.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gum.infer.calibration import OUTCOMES, judged
from gum.infer.reliability import reliability, shown
from gum.records import LIVE, Episode, Proposition, Theme, Verdict
from gum.store import PropositionQuery, Store

MOST_NAMES = 12
MOST_SUBJECTS = 200
"""Propositions, the latest first, whose evidence is counted for topics and people."""

_TOPICS = (Theme.WORK, Theme.PROJECTS, Theme.LIFE)


@dataclass(frozen=True, slots=True)
class Score:
    """Brier score and expected calibration error of all verdicts up to the end of a week."""

    week: date
    count: int
    brier: float
    ece: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of the beliefs of a name that were judged, how many were true."""

    name: str
    judged: int
    true: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds or pieces of evidence of a name, in all and by week."""

    name: str
    total: float
    by_week: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EngineUse:
    """How many standing propositions an engine made."""

    engine: str
    propositions: int


@dataclass(frozen=True, slots=True)
class Insights:
    """The figures; see the fields of `gum.wire.InsightsView`."""

    days: int
    scores: tuple[Score, ...]
    by_kind: tuple[Accuracy, ...]
    by_engine: tuple[Accuracy, ...]
    hours: tuple[tuple[float, ...], ...]
    weeks: tuple[date, ...]
    apps: tuple[Spent, ...]
    topics: tuple[Spent, ...]
    people: tuple[Spent, ...]
    engines: tuple[EngineUse, ...]


def insights(store: Store, now: datetime, days: int) -> Insights:
    """Return the figures of the last `days` local days, the present one included."""
    today = now.astimezone().date()
    since = datetime.combine(today - timedelta(days=days - 1), time()).astimezone()
    weeks = tuple(weeks_between(since.date(), today))
    episodes = store.episodes.between(since, now)
    verdicts = judged(store.verdicts.list("proposition"))
    known = store.propositions.many([one.target_id for one in verdicts])
    return Insights(
        days=days,
        scores=tuple(scores(verdicts)),
        by_kind=tuple(accuracies(verdicts, known, lambda one: str(one.kind))),
        by_engine=tuple(accuracies(verdicts, known, lambda one: one.engine or "you")),
        hours=by_hour(episodes, since, now),
        weeks=weeks,
        apps=spent(((one.app, one.started_at, one.dwell_s) for one in episodes), weeks),
        topics=spent(_mentions(store, _TOPICS, since), weeks),
        people=spent(_mentions(store, (Theme.PEOPLE,), since), weeks),
        engines=tuple(_engines(store)),
    )


def monday(day: date) -> date:
    """Return the day on which the week of a day began."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> list[date]:
    """Return the Mondays of the weeks from one day to another."""
    start = monday(first)
    return [start + timedelta(weeks=n) for n in range((monday(last) - start).days // 7 + 1)]


def scores(verdicts: Sequence[Verdict]) -> list[Score]:
    """Return the scores at the end of each week that has a verdict, over all verdicts up to then."""
    ordered = sorted(verdicts, key=lambda one: one.at)
    found: dict[date, Score] = {}
    for place, one in enumerate(ordered, 1):
        week = monday(one.at.astimezone().date())
        if place == len(ordered) or monday(ordered[place].at.astimezone().date()) != week:
            figures = reliability(shown(ordered[:place]))
            found[week] = Score(week, figures.count, figures.brier, figures.ece)
    return list(found.values())


def accuracies(
    verdicts: Iterable[Verdict], known: Mapping[int, Proposition], name: Callable[[Proposition], str]
) -> list[Accuracy]:
    """Return how many of the judged propositions of each name were true, the most judged first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in verdicts:
        if one.target_id in known:
            count = counts[name(known[one.target_id])]
            count[0] += 1
            count[1] += OUTCOMES[one.verdict]
    found = [Accuracy(name, told, true) for name, (told, true) in counts.items()]
    return sorted(found, key=lambda one: (-one.judged, one.name))


def by_hour(episodes: Iterable[Episode], since: datetime, until: datetime) -> tuple[tuple[float, ...], ...]:
    """Return the seconds of activity by weekday and hour; an episode's dwell is spread evenly over its span."""
    table = [[0.0] * 24 for _ in range(7)]
    for one in episodes:
        span = (one.ended_at - one.started_at).total_seconds()
        share = min(1.0, one.dwell_s / span) if span > 0 else 0.0
        at, end = max(one.started_at, since), min(one.ended_at, until)
        while at < end:
            local = at.astimezone()
            following = at + timedelta(seconds=3600 - local.minute * 60 - local.second - local.microsecond / 1e6)
            table[local.weekday()][local.hour] += (min(following, end) - at).total_seconds() * share
            at = following
    return tuple(tuple(row) for row in table)


def spent(told: Iterable[tuple[str, datetime, float]], weeks: Sequence[date]) -> tuple[Spent, ...]:
    """Return the largest names by the sum of what was told of them, with the sum of each week."""
    places = {week: place for place, week in enumerate(weeks)}
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(weeks))
    for name, at, amount in told:
        place = places.get(monday(at.astimezone().date()))
        if name and place is not None:
            sums[name][place] += amount
    found = sorted((Spent(name, sum(by_week), tuple(by_week)) for name, by_week in sums.items()), key=_largest)
    return tuple(found[:MOST_NAMES])


def _largest(one: Spent) -> tuple[float, str]:
    return -one.total, one.name


def _mentions(store: Store, themes: Sequence[Theme], since: datetime) -> Iterable[tuple[str, datetime, float]]:
    """Yield, for each piece of evidence of a claim under these headings, what the claim is about, and when."""
    query = PropositionQuery(
        statuses=LIVE, themes=themes, since=since, sensitive=(), sort="-last_supported", limit=MOST_SUBJECTS
    )
    for one in store.propositions.list(query):
        if one.claim is not None:
            for piece in store.propositions.evidence(one.id):
                if piece.at >= since:
                    yield one.claim.object, piece.at, 1.0


def _engines(store: Store) -> Iterable[EngineUse]:
    for engine in store.propositions.engines():
        count = store.propositions.count(PropositionQuery(statuses=LIVE, engine=engine))
        if count:
            yield EngineUse(engine or "you", count)
