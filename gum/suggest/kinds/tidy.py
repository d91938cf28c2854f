"""Offers to sort out plans that stand in each other's way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.pages import words
from gum.suggest.kinds.promises import DUE, day_of, in_words
from gum.suggest.kinds.wording import as_written

CROWDED = 3
_AHEAD = timedelta(days=14)
_USEFUL = 0.5  # of right plans on one day, the share of days that are worth sorting out
_SAME = 0.6


class TidySuggester:
    """Three things due on one day, or one thing due on two days, become a list to decide in."""

    kind = "tidy"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each crowded day of the next two weeks and for each thing with two days."""
        today = situation.now.date()
        due = [
            (day, known)
            for known in situation.propositions
            if known.claim is not None
            and known.claim.predicate in DUE
            and (day := day_of(known)) is not None
            and today <= day <= today + _AHEAD
        ]
        return [*_crowded(due, situation.now), *_two_days(due, situation.now)]


def _crowded(due: Sequence[tuple[date, Proposition]], now: datetime) -> list[Candidate]:
    by_day: dict[date, list[Proposition]] = defaultdict(list)
    for day, known in due:
        if not any(_same(known, other) for other in by_day[day]):
            by_day[day].append(known)
    return [
        _candidate(
            these,
            f"Sort out {in_words(day)}: {len(these)} things are due",
            "They are due on one day.",
            [as_written(one) for one in these],
            day,
            now,
        )
        for day, these in sorted(by_day.items())
        if len(these) >= CROWDED
    ]


def _two_days(due: Sequence[tuple[date, Proposition]], now: datetime) -> list[Candidate]:
    found = []
    ordered = sorted(due, key=lambda one: (one[0], one[1].id))
    for place, (day, known) in enumerate(ordered):
        for other_day, other in ordered[place + 1 :]:
            if other_day != day and _same(known, other):
                title = f"Settle the day of '{as_written(known)}': {in_words(day)} or {in_words(other_day)}"
                lines = [in_words(one) for one in (day, other_day)]
                found.append(_candidate([known, other], title, "Two days stand for the same.", lines, day, now))
    return found


def _same(one: Proposition, other: Proposition) -> bool:
    first, second = (words(known.claim.object) if known.claim else set() for known in (one, other))
    return bool(first and second) and len(first & second) / min(len(first), len(second)) >= _SAME


def _candidate(
    these: Sequence[Proposition], title: str, why: str, lines: list[str], day: date, now: datetime
) -> Candidate:
    names = "/".join(sorted(known.claim.object for known in these if known.claim))
    return Candidate(
        kind="tidy",
        title=title,
        why=f"{why} {' '.join(known.text for known in these)}",
        action="checklist",
        payload={"title": title, "items": lines},
        propositions=tuple(known.id for known in these),
        p_useful=round(min(known.probability for known in these) * _USEFUL, 3),
        benefit=5,
        cost_false_alarm=3,
        cost_silence=3,
        key=f"tidy:{day.isoformat()}:{names}",
        expires_at=datetime.combine(day + timedelta(days=1), time(), now.tzinfo),
    )
