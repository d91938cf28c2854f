"""Whether a suggestion is worth the interruption.  Pure: the same numbers give the same decision.

Speaking pays when  P x B - (1 - P) x C_FP > -P x C_FN,  that is  P > C_FP / (B + C_FP + C_FN).

P starts as the suggester states it and is learned from answers to suggestions of the same kind: the stated
P counts as much as `PRIOR_ANSWERS` answers, an acceptance as one yes, a dismissal as one no, an undone
acceptance as half a no and one that was left to expire as a fifth of a no.

Behind the bar stand the checks that no utility can buy off: an action that can do it, trust, truth,
expiry, repetition, and then the moment: quiet hours, a burst of typing, the budget.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from gum.config import Suggest
from gum.records import Candidate, Observation, Proposition, Status, Suggestion, Trust

PRIOR_ANSWERS = 4.0
NOT_ANSWERED = "not answered"
_YES = {"accepted": 1.0}
_NO = {"dismissed": 1.0, "undone": 0.5, "expired": 0.2}
_ANSWERED = ("shown", "accepted", "dismissed", "undone", "expired")
_LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)
_SAME_TITLE = 0.8
_REMEMBERED = timedelta(days=30)
# So many keys in one count of input, not longer ago than this, are a burst of typing.
_BURST_KEYS = 10
_BURST_S = 10.0


@dataclass(frozen=True, slots=True)
class Answers:
    """How the suggestions of one kind were answered, in yeses and noes."""

    yes: float = 0.0
    no: float = 0.0

    def p_useful(self, stated: float) -> float:
        """Return P(useful) for a suggestion whose suggester states it as `stated`."""
        prior = min(0.98, max(0.02, stated))
        return (PRIOR_ANSWERS * prior + self.yes) / (PRIOR_ANSWERS + self.yes + self.no)


@dataclass(frozen=True, slots=True)
class Moment:
    """The present state as far as it bears on speaking; `local` is the person's time of day."""

    now: datetime
    local: time
    typing: bool
    shown_last_minute: int
    shown_today: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Speak or stay silent, why, and the numbers behind it."""

    speak: bool
    reason: str
    numbers: dict[str, Any] = field(default_factory=dict)

    def recorded(self) -> dict[str, Any]:
        """Return the decision as it is kept with the suggestion."""
        return {"speak": self.speak, "reason": self.reason, **self.numbers}


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules in force: the settings, the actions there are, and what was suggested before."""

    settings: Suggest
    actions: frozenset[str]
    earlier: Sequence[Suggestion]

    def decide(self, candidate: Candidate, rests_on: Sequence[Proposition], moment: Moment) -> Decision:
        """Return whether to offer a candidate now."""
        answers = answers_of(self.earlier, candidate.kind)
        p = answers.p_useful(candidate.p_useful)
        numbers = _numbers(candidate, answers, p, moment)
        refusal = (
            self._unfit(candidate, rests_on, moment.now)
            or self._repeats(candidate, moment.now)
            or _worthless(p, numbers["bar"])
            or self._untimely(moment)
        )
        return Decision(refusal is None, refusal or "it is worth the interruption", numbers)

    def _unfit(self, candidate: Candidate, rests_on: Sequence[Proposition], now: datetime) -> str | None:
        if candidate.action not in self.actions:
            return "no action can carry it out"
        if len(rests_on) < len(set(candidate.propositions)) or not all(holds(one, now) for one in rests_on):
            return "what it rests on no longer holds"
        if any(one.trust is Trust.UNTRUSTED for one in rests_on):
            return "it rests on text that is not trusted"
        if candidate.expires_at is not None and candidate.expires_at <= now:
            return "it came too late"
        return None

    def _repeats(self, candidate: Candidate, now: datetime) -> str | None:
        for one in self.earlier:
            if one.key == candidate.key or one.status not in _ANSWERED:
                continue
            if one.status == "accepted" and (one.action, one.payload) == (candidate.action, candidate.payload):
                return "it is already done"
            if one.created_at > now - _REMEMBERED and alike(one.title, candidate.title):
                return f"it is like suggestion {one.id}"
        return None

    def _untimely(self, moment: Moment) -> str | None:
        if quiet(moment.local, self.settings.quiet_from, self.settings.quiet_until):
            return "quiet hours"
        if moment.typing:
            return "in the middle of typing"
        if moment.shown_last_minute >= self.settings.per_minute:
            return "enough for this minute"
        if moment.shown_today >= self.settings.per_day:
            return "enough for today"
        return None


def answers_of(earlier: Iterable[Suggestion], kind: str) -> Answers:
    """Return how the suggestions of a kind were answered; a withdrawn one says nothing."""
    counts: dict[str, int] = defaultdict(int)
    for one in earlier:
        withdrawn = one.status == "expired" and one.result.get("reason") != NOT_ANSWERED
        if one.kind == kind and not withdrawn:
            counts[one.status] += 1
    return Answers(
        yes=sum(weight * counts[status] for status, weight in _YES.items()),
        no=sum(weight * counts[status] for status, weight in _NO.items()),
    )


def gain(candidate: Candidate, p: float) -> float:
    """Return how much better speaking is than silence, in the candidate's units."""
    return p * candidate.benefit - (1 - p) * candidate.cost_false_alarm + p * candidate.cost_silence


def holds(known: Proposition, now: datetime) -> bool:
    """Return whether a proposition is live and its time is not over."""
    return known.status in _LIVE and (known.valid_to is None or known.valid_to > now)


def quiet(local: time, since: str, until: str) -> bool:
    """Return whether a time of day is within the quiet hours, which may pass midnight; equal ends mean none."""
    begins, ends = time.fromisoformat(since), time.fromisoformat(until)
    if begins <= ends:
        return begins <= local < ends
    return local >= begins or local < ends


def typing(observations: Iterable[Observation], now: datetime) -> bool:
    """Return whether the person is in the middle of a burst of keys."""
    recent = now - timedelta(seconds=_BURST_S)
    return any(
        one.kind == "activity" and one.keys >= _BURST_KEYS and recent <= one.until <= now for one in observations
    )


def alike(one: str, other: str) -> bool:
    """Return whether two titles say nearly the same; other numbers make it another thing."""
    first, second = _words(one), _words(other)
    if _digits(first) != _digits(second) or not first or not second:
        return False
    return len(first & second) / len(first | second) >= _SAME_TITLE


def _numbers(candidate: Candidate, answers: Answers, p: float, moment: Moment) -> dict[str, Any]:
    costs = candidate.benefit + candidate.cost_false_alarm + candidate.cost_silence
    return {
        "p_stated": round(candidate.p_useful, 4),
        "yes": round(answers.yes, 2),
        "no": round(answers.no, 2),
        "p": round(p, 4),
        "bar": round(candidate.cost_false_alarm / costs, 4) if costs > 0 else 1.0,
        "benefit": candidate.benefit,
        "cost_false_alarm": candidate.cost_false_alarm,
        "cost_silence": candidate.cost_silence,
        "gain": round(gain(candidate, p), 4),
        "shown_last_minute": moment.shown_last_minute,
        "shown_today": moment.shown_today,
        "local_time": moment.local.isoformat("minutes"),
    }


def _worthless(p: float, bar: float) -> str | None:
    return None if p > bar else "it is not likely enough to be useful"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _digits(words: set[str]) -> set[str]:
    return {word for word in words if any(sign.isdigit() for sign in word)}
