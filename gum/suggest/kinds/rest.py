"""Offers a break after a stretch that is long for this person, with a note of where they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gum.protocols import Situation
from gum.records import Candidate
from gum.suggest.kinds.documents import BREAK, Stretch, opened, stretches

LEAST_MIN = 90.0
_FROM_MIN = 15.0  # shorter stretches say nothing of when breaks are taken
_ENOUGH = 5
_LONG = 0.8  # the share of earlier stretches that are shorter than a long one
_LASTS = timedelta(minutes=30)
_USEFUL = 0.45
_MOST = 8


class RestSuggester:
    """A stretch without a break longer than four in five of the last week's becomes a note to come back to."""

    kind = "rest"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return a candidate when the present stretch is long, for this person and in any case 90 minutes."""
        found = stretches(situation.episodes)
        if not found or situation.now - found[-1].until >= BREAK:
            return []
        *before, now = found
        usual = usual_minutes(before)
        return [_candidate(now, usual, situation)] if now.minutes >= max(LEAST_MIN, usual or 0.0) else []


def usual_minutes(before: Sequence[Stretch]) -> float | None:
    """Return how long a stretch is that is long for this person; None when there are too few to tell."""
    lengths = sorted(one.minutes for one in before if one.minutes >= _FROM_MIN)
    return lengths[int(_LONG * (len(lengths) - 1))] if len(lengths) >= _ENOUGH else None


def _candidate(stretch: Stretch, usual: float | None, situation: Situation) -> Candidate:
    known = f"; four in five of yours end within {usual:.0f}" if usual is not None else ""
    documents = opened(situation, stretch.since)[:_MOST]
    lines = [one.line() for one in documents] or ["- (no document was open)"]
    return Candidate(
        kind="rest",
        title=f"Take a break: {stretch.minutes:.0f} minutes without one; a note keeps where you were",
        why=f"You have been at it since {stretch.since.astimezone(situation.now.tzinfo):%H:%M}{known}.",
        action="note",
        payload={
            "title": f"Where I was {situation.now:%Y-%m-%d %H-%M}",
            "markdown": "\n".join([f"# Where I was, {situation.now:%H:%M}", "", *lines, ""]),
        },
        propositions=(),
        p_useful=_USEFUL,
        benefit=3,
        cost_false_alarm=3,
        cost_silence=2,
        key=f"rest:{stretch.since.isoformat()}",
        expires_at=situation.now + _LASTS,
    )
