"""One local day as stretches: what was done in each, and why there is nothing in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gum.client import Client, CoverageView, EpisodeView
from gum.records import CoverageState
from gum_tui.inert import inert

LEAST_GAP_S = {CoverageState.RECORDED: 300.0, CoverageState.OFF: 120.0}
"""A shorter gap of these kinds is not worth a row: a breath between two activities."""

LEAST_S = 30.0
"""A shorter gap of any other kind is not worth one either."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the day: an episode, or a gap with its state and reason."""

    started_at: datetime
    ended_at: datetime
    episode: EpisodeView | None = None
    state: CoverageState = CoverageState.RECORDED
    reason: str = ""

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.started_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Activity:
    """An application of the day with the time spent in it; the one used longest has the letter 'a'."""

    app: str
    letter: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Day:
    """The stretches of one local day in order of time, and its activities, the longest first."""

    date: date
    stretches: tuple[Stretch, ...]
    activities: tuple[Activity, ...]

    def activity(self, app: str) -> int:
        """Return the place of an application among the activities."""
        name = app_name(app)
        return next((place for place, activity in enumerate(self.activities) if activity.app == name), 0)


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return the local day's first instant and the next day's."""
    return (
        datetime.combine(day, time()).astimezone(),
        datetime.combine(day + timedelta(days=1), time()).astimezone(),
    )


def app_name(app: str) -> str:
    """Return an application's name as it is shown."""
    return inert(app) or "unknown application"


def read(client: Client, day: date, now: datetime) -> Day:
    """Ask the daemon for one local day.  Raises ClientError."""
    start, end = bounds(day)
    return of(day, client.episodes(start, end), client.coverage(start, end), now)


def of(day: date, episodes: Sequence[EpisodeView], coverage: Sequence[CoverageView], now: datetime) -> Day:
    """Return the day made of its episodes, with what lies between them explained by the coverage."""
    start, end = bounds(day)
    end = min(end, max(now, start))
    inside = sorted((each for each in episodes if each.ended_at > start and each.started_at < end), key=_start)
    return Day(day, tuple(_stretches(inside, coverage, start, end)), _activities(inside))


def _start(episode: EpisodeView) -> datetime:
    return episode.started_at


def _stretches(
    episodes: Sequence[EpisodeView], coverage: Sequence[CoverageView], start: datetime, end: datetime
) -> list[Stretch]:
    found: list[Stretch] = []
    reached = start
    for episode in episodes:
        found += _gaps(coverage, reached, episode.started_at)
        found.append(Stretch(max(episode.started_at, start), min(episode.ended_at, end), episode))
        reached = max(reached, episode.ended_at)
    found += _gaps(coverage, reached, end)
    return _from_first_sign(found)


def _gaps(coverage: Sequence[CoverageView], start: datetime, end: datetime) -> list[Stretch]:
    """Return what the coverage says of a time without episodes; what it is silent about is 'off'."""
    found: list[Stretch] = []
    reached = start
    for interval in sorted(coverage, key=lambda each: each.started_at):
        since, until = max(interval.started_at, reached), min(interval.ended_at, end)
        if until <= since:
            continue
        found.append(Stretch(reached, since, state=CoverageState.OFF))
        found.append(Stretch(since, until, state=interval.state, reason=interval.reason))
        reached = until
    found.append(Stretch(reached, end, state=CoverageState.OFF))
    return _joined([gap for gap in found if gap.seconds > LEAST_GAP_S.get(gap.state, LEAST_S)])


def _joined(gaps: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for gap in gaps:
        last = joined[-1] if joined else None
        if last and (last.state, last.reason) == (gap.state, gap.reason):
            joined[-1] = Stretch(last.started_at, gap.ended_at, state=gap.state, reason=gap.reason)
        else:
            joined.append(gap)
    return joined


def _from_first_sign(stretches: list[Stretch]) -> list[Stretch]:
    """Leave out the night: the time before the first and after the last sign of life."""
    signs = [place for place, each in enumerate(stretches) if each.episode or each.state is not CoverageState.OFF]
    return stretches[signs[0] : signs[-1] + 1] if signs else []


def _activities(episodes: Sequence[EpisodeView]) -> tuple[Activity, ...]:
    seconds: dict[str, float] = {}
    for episode in episodes:
        name = app_name(episode.app)
        seconds[name] = seconds.get(name, 0.0) + episode.dwell_s
    longest = sorted(seconds.items(), key=lambda item: -item[1])
    return tuple(
        Activity(name, LETTERS[min(place, len(LETTERS) - 1)], spent) for place, (name, spent) in enumerate(longest)
    )
