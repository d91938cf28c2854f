"""Episodes as a pure function of the observations: no clock, no store, no order of arrival.

Observations are put in order of time, ties by their content.  One that names a window starts a stay
in its document; every other joins the stay in force.  A stay shorter than `FLICKER_S` does not split
what it interrupts, and a pause longer than the gap always does.

Two facts make a recomputation local.  Nothing before a pause reaches beyond it, and an observation
can change nothing further back than the start of the episode before its own.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.infer.titles import document_of, topic_of
from gum.records import Episode, Observation

FLICKER_S = 2.0
# A document is taken to be looked at for this long after the last sign of it, if nothing else shows.
HOLD = timedelta(seconds=60)

_ORDER = {"window": 0, "screen": 1, "text": 2, "typed": 3, "activity": 4}
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Segment:
    """The observations of one episode, in order; `settled` when observations in order can change it no more."""

    observations: tuple[Observation, ...]
    app: str
    document: str
    topic: str
    started_at: datetime
    ended_at: datetime
    dwell_s: float
    keys: int
    clicks: int
    settled: bool

    def episode(self) -> Episode:
        """Return the segment as a record that is still to be inferred."""
        return Episode(
            started_at=self.started_at,
            ended_at=self.ended_at,
            app=self.app,
            document=self.document,
            topic=self.topic,
            dwell_s=self.dwell_s,
            keys=self.keys,
            clicks=self.clicks,
            observations=tuple(observation.id for observation in self.observations),
        )


@dataclass(slots=True)
class _Sign:
    """One observation with the end of the time that it accounts for."""

    observation: Observation
    ends: datetime


@dataclass(slots=True)
class _Stay:
    """Consecutive signs of one document; `pause` is true when a gap precedes it."""

    key: Key
    signs: list[_Sign]
    until: datetime
    pause: bool
    lasts_s: float = math.inf

    @property
    def start(self) -> datetime:
        return self.signs[0].observation.captured_at


def ordered(observations: Iterable[Observation]) -> list[Observation]:
    """Return the observations in order of time, ties by content, so that arrival plays no part."""
    return sorted(
        observations,
        key=lambda one: (
            one.captured_at,
            _ORDER.get(one.kind, 9),
            one.app,
            one.title,
            one.url,
            one.text,
            one.observer,
            one.source,
            one.id,
        ),
    )


def segment(observations: Iterable[Observation], gap_s: float, complete: bool = False) -> list[Segment]:
    """Return the episodes of a stream, in order of time; `complete` when nothing in order can follow it."""
    stays = _stays(ordered(observations), timedelta(seconds=gap_s))
    if complete and stays:
        stays[-1].lasts_s = (stays[-1].until - stays[-1].start).total_seconds()
    groups: list[list[_Stay]] = []
    for stay in stays:
        joins = groups and not stay.pause and (stay.lasts_s < FLICKER_S or stay.key == groups[-1][0].key)
        if joins:
            groups[-1].append(stay)
        else:
            groups.append([stay])
    followers: list[_Stay | None] = [group[0] for group in groups[1:]]
    return [_segment(group, after, complete) for group, after in zip(groups, [*followers, None], strict=True)]


def remaining(observations: Iterable[Observation], gap_s: float) -> Episode:
    """Return what one episode is by those of its observations that are left, one at least."""
    return _segment(_stays(ordered(observations), timedelta(seconds=gap_s)), None, complete=True).episode()


def pauses(observations: Sequence[Observation], gap: timedelta) -> list[int]:
    """Return the positions, in ordered observations, that follow a pause: there a stream can be cut."""
    cuts, position = [], 0
    for stay in _stays(observations, gap):
        if stay.pause and position:
            cuts.append(position)
        position += len(stay.signs)
    return cuts


def _stays(observations: Sequence[Observation], gap: timedelta) -> list[_Stay]:
    stays: list[_Stay] = []
    for one in observations:
        running = stays[-1] if stays else None
        pause = running is None or one.captured_at - running.until > gap
        names = one.kind in ("window", "screen") and bool(one.app or one.title)
        if running is not None:
            _end(running, one.captured_at, pause)
        if running is None or pause or (names and _key(one) != running.key):
            stays.append(_Stay(_key(one), [_Sign(one, one.until)], one.until, pause))
        else:
            running.signs.append(_Sign(one, one.until))
            running.until = max(running.until, one.until)
    if stays:
        _end(stays[-1], stays[-1].until, pause=True)
    _measure(stays)
    return stays


def _end(stay: _Stay, next_at: datetime, pause: bool) -> None:
    """Settle how far the last sign of the stay reaches, now that the next sign's time is known."""
    last = stay.signs[-1]
    at = last.observation.captured_at
    last.ends = max(stay.until, at) if pause else min(next_at, max(stay.until, at + HOLD))


def _measure(stays: list[_Stay]) -> None:
    """Say how long each stay lasted; the last of the stream may go on and counts as long."""
    for stay, after in itertools.pairwise(stays):
        ends = stay.until if after.pause else after.start
        stay.lasts_s = (ends - stay.start).total_seconds()


def _segment(stays: list[_Stay], after: _Stay | None, complete: bool) -> Segment:
    signs = [sign for stay in stays for sign in stay.signs]
    own = [sign.observation for stay in stays if stay.key == stays[0].key for sign in stay.signs]
    first = own[0]
    return Segment(
        observations=tuple(sign.observation for sign in signs),
        app=first.app,
        document=document_of(first.title, first.app),
        topic=_topic(own),
        started_at=signs[0].observation.captured_at,
        ended_at=max(sign.ends for sign in signs),
        dwell_s=sum((sign.ends - sign.observation.captured_at).total_seconds() for sign in signs),
        keys=_counted(signs, "keys"),
        clicks=_counted(signs, "clicks"),
        settled=complete or (after is not None and (after.pause or _has_lasted(after))),
    )


def _has_lasted(stay: _Stay) -> bool:
    """Return whether the stay is known not to be a flicker."""
    seen_s = (stay.until - stay.start).total_seconds()
    return (seen_s if stay.lasts_s == math.inf else stay.lasts_s) >= FLICKER_S


def _key(one: Observation) -> Key:
    return one.app.casefold(), document_of(one.title, one.app).casefold()


def _topic(observations: list[Observation]) -> str:
    """Return the most frequent topic; an address says more surely than a title to which site a page belongs."""
    telling = [one for one in observations if one.url] or observations
    topics = Counter(topic_of(one.title, one.app, one.url) for one in telling)
    topics.pop("", None)
    return min(topics, key=lambda topic: (-topics[topic], topic)) if topics else ""


def _counted(signs: list[_Sign], what: str) -> int:
    """Return the keys or clicks; several kinds of observation may count the same ones, so the largest sum holds."""
    sums: Counter[str] = Counter()
    for sign in signs:
        sums[sign.observation.kind] += getattr(sign.observation, what)
    return max(sums.values(), default=0)
