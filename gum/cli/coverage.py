"""coverage: what the observers did during a span, without a hole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from gum import clock
from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, table
from gum.records import CoverageState

if TYPE_CHECKING:
    from gum.client import CoverageView

NOTHING_KEPT = "nothing is kept of that time"
TO_COME = timedelta(seconds=20)  # the daemon lengthens the running interval more often than this


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of one state, cut to the time asked for."""

    started_at: datetime
    ended_at: datetime
    state: CoverageState
    reason: str

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at


@click.command(help="Tell when it recorded, and when it was paused, excluded, locked, off or failed.")
@click.option("--since", default="1d", show_default=True, help="A time, or how long ago: 2h, 2026-03-01.")
@click.option("--until", default=None, help="A time, or how long ago.")
@json_option
def coverage(since: str, until: str | None, as_json: bool) -> None:
    now = clock.now()
    with daemon() as client:
        now = client.status().clock if until is None else now
        start, end = times.past(since, now), times.past(until, now) if until else now
        if start >= end:
            raise click.BadParameter("The span must begin before it ends.")
        spans = whole(client.coverage(start, end), start, end)
    sums = _sums(spans)
    if as_json:
        emit(
            {
                "since": start.isoformat(),
                "until": end.isoformat(),
                "seconds": {state: length.total_seconds() for state, length in sums.items()},
                "spans": [_plain(one) for one in spans],
            }
        )
        return
    rows = [(local(one.started_at), _hours(one.length), str(one.state), one.reason) for one in spans]
    table(("from", "for", "state", "reason"), rows, "The span is empty.")
    for state, length in sums.items():
        click.echo(f"{state:<9} {_hours(length):>9}  {length / (end - start):>4.0%}")


def whole(kept: Sequence[CoverageView], since: datetime, until: datetime) -> list[Span]:
    """Return spans that fill the time from `since` to `until`, each beginning where the one before it ended.

    Where two intervals overlap, the one that began later says what went on.  What is not kept was off, but for the last
    moment, which the running interval is yet to cover.
    """
    spans: list[Span] = []
    for one in sorted(kept, key=lambda one: (one.started_at, one.ended_at)):
        start, end = max(one.started_at, since), min(one.ended_at, until)
        if end <= start:
            continue
        while spans and spans[-1].started_at >= start:
            spans.pop()
        if spans and spans[-1].ended_at > start:
            spans[-1] = Span(spans[-1].started_at, start, spans[-1].state, spans[-1].reason)
        spans.append(Span(start, end, one.state, one.reason))
    if spans and until - spans[-1].ended_at <= TO_COME:
        spans[-1] = replace(spans[-1], ended_at=until)
    return list(_without_holes(spans, since, until))


def _without_holes(spans: Iterable[Span], since: datetime, until: datetime) -> Iterable[Span]:
    at = since
    for one in spans:
        if one.started_at > at:
            yield Span(at, one.started_at, CoverageState.OFF, NOTHING_KEPT)
        yield one
        at = one.ended_at
    if at < until:
        yield Span(at, until, CoverageState.OFF, NOTHING_KEPT)


def _sums(spans: Iterable[Span]) -> dict[str, timedelta]:
    """Return how long each state lasted, the longest first."""
    lengths: Counter[str] = Counter()
    for one in spans:
        lengths[str(one.state)] += one.length.total_seconds()  # type: ignore[assignment]
    return {state: timedelta(seconds=seconds) for state, seconds in lengths.most_common()}


def _plain(one: Span) -> dict[str, str]:
    return {
        "started_at": one.started_at.isoformat(),
        "ended_at": one.ended_at.isoformat(),
        "state": str(one.state),
        "reason": one.reason,
    }


def _hours(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60} h {minutes % 60:02} m" if minutes >= 60 else f"{minutes} m {seconds:02} s"
