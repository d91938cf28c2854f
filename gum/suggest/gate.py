"""Whether a suggestion is worth the interruption.  Pure: the same numbers give the same decision.

Speaking pays when  P x B - (1 - P) x C_FP > -P x C_FN,  that is  P > C_FP / (B + C_FP + C_FN).

P is what the suggester states, moved by the need for help at this moment and by the person's answers so far
(`gum.suggest.learning`).  C_FP is what the suggester states, times what the moment makes of it: more when a window
fills the screen or the person has been typing in one document for a while, and more with each interruption of the day.

Behind the bar stand the checks that no utility can buy off: an action that can do it, trust, truth, expiry, what the
person asked not to hear of, repetition, and then the moment: the first day, quiet hours, times of focus, a burst of
typing, a call, a shared screen, the budget.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gum.config import Suggest
from gum.records import LIVE, Candidate, Proposition, Suggestion, Trust
from gum.suggest.learning import Learned, features_of
from gum.suggest.moment import Moment, quiet

_ANSWERED = ("shown", "accepted", "dismissed", "undone", "expired", "snoozed")
_SAME_TITLE = 0.8
# Of titles in other words, the cosine from which they mean the same (the built-in embedder: same .86 to .93, other
# things of one kind .31 to .73).
_SAME_MEANING = 0.82
#: Silences of the moment, not of the thing: what they hold back is offered when the moment has passed, and waits in the
#: digest till then.
OF_THE_MOMENT = (
    "quiet hours",
    "a time of focus",
    "a call goes on",
    "the screen is shown to others",
    "in the middle of typing",
    "enough for this minute",
    "enough for today",
)
_REMEMBERED = timedelta(days=30)
# What the moment makes of the cost of a false alarm.
_FULL_SCREEN = 2.0
_STEADY = 1.5
# Each interruption makes the next of the day dearer: the last of the day's budget costs this much more.
_WEARY = 2.0
# What is below the bar is offered now and then all the same, to learn of it, but not when it is hopeless.
_HOPELESS = 0.5

Likeness = Callable[[str, str], float]


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
    """The rules in force: the settings, the actions there are, what was suggested before and learned from it.

    `earlier` may grow while the gate is used.  `likeness` compares what two titles mean, None where nothing can.
    """

    settings: Suggest
    actions: frozenset[str]
    earlier: Mapping[str, Suggestion]
    learned: Learned = field(default_factory=lambda: Learned({}))
    likeness: Likeness | None = None

    def untimely(self, moment: Moment) -> str | None:
        """Return what speaks against any suggestion at this moment."""
        rules = self.settings
        if moment.new:
            return "it knows you too little yet"
        if quiet(moment.local, rules.quiet_from, rules.quiet_until):
            return "quiet hours"
        if any(quiet(moment.local, *span.split("-")) for span in rules.focus):
            return "a time of focus"
        if moment.meeting:
            return "a call goes on"
        if moment.presenting:
            return "the screen is shown to others"
        if moment.typing:
            return "in the middle of typing"
        if moment.shown_last_minute >= rules.per_minute:
            return "enough for this minute"
        if moment.shown_today >= rules.per_day:
            return "enough for today"
        return None

    def decide(self, candidate: Candidate, rests_on: Sequence[Proposition], moment: Moment) -> Decision:
        """Return whether to offer a candidate now."""
        features = features_of(candidate, moment)
        p = self.learned.p_useful(features)
        factor = _factor(moment, self.settings.per_day)
        numbers = _numbers(candidate, features, p, moment, factor) | {"answers": self.learned.answers}
        refusal = (
            self._unfit(candidate, rests_on, moment.now)
            or self._unwanted(candidate)
            or self._repeats(candidate, moment.now)
            or self.untimely(moment)
        )
        if refusal is not None:
            return Decision(False, refusal, numbers)
        if p > numbers["bar"]:
            same = self._means_the_same(candidate, moment.now)
            return Decision(same is None, same or "it is worth the interruption", numbers)
        if p > _HOPELESS * numbers["bar"] and _drawn(candidate, moment) < self.settings.explore:
            return Decision(True, "to learn whether it is wanted", numbers | {"explored": True})
        return Decision(False, "it is not likely enough to be useful", numbers)

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

    def _unwanted(self, candidate: Candidate) -> str | None:
        for one in self.earlier.values():
            if one.status != "dismissed":
                continue
            scope = one.result.get("scope")
            if scope == "kind" and one.kind == candidate.kind:
                return f"you want no more of this kind (suggestion {one.id})"
            if scope == "subject" and set(one.propositions) & set(candidate.propositions):
                return f"you want nothing about this (suggestion {one.id})"
        return None

    def _repeats(self, candidate: Candidate, now: datetime) -> str | None:
        for one in self.earlier.values():
            if one.key == candidate.key or one.status not in _ANSWERED:
                continue
            if one.status == "accepted" and (one.action, one.payload) == (candidate.action, candidate.payload):
                return "it is already done"
            if one.created_at > now - _REMEMBERED and alike(one.title, candidate.title):
                return f"it is like suggestion {one.id}"
        return None

    def _means_the_same(self, candidate: Candidate, now: datetime) -> str | None:
        """Asked last: to compare meanings takes time."""
        if self.likeness is None:
            return None
        for one in self.earlier.values():
            known = one.status in _ANSWERED and one.key != candidate.key and one.action == candidate.action
            if known and one.created_at > now - _REMEMBERED and alike(one.title, candidate.title, self.likeness):
                return f"it means the same as suggestion {one.id}"
        return None


def gain(candidate: Candidate, p: float) -> float:
    """Return how much better speaking is than silence, in the candidate's units."""
    return _gain(candidate, p, candidate.cost_false_alarm)


def holds(known: Proposition, now: datetime) -> bool:
    """Return whether a proposition is live and its time is not over."""
    return known.status in LIVE and (known.valid_to is None or known.valid_to > now)


def alike(one: str, other: str, likeness: Likeness | None = None) -> bool:
    """Return whether two titles say nearly the same, in words or in meaning; other numbers make it another thing."""
    first, second = _words(one), _words(other)
    if _digits(first) != _digits(second) or not first or not second:
        return False
    if len(first & second) / len(first | second) >= _SAME_TITLE:
        return True
    return likeness is not None and likeness(one, other) >= _SAME_MEANING


def _gain(candidate: Candidate, p: float, cost: float) -> float:
    return p * candidate.benefit - (1 - p) * cost + p * candidate.cost_silence


def _numbers(
    candidate: Candidate, features: dict[str, float], p: float, moment: Moment, factor: float
) -> dict[str, Any]:
    cost = candidate.cost_false_alarm * factor
    costs = candidate.benefit + cost + candidate.cost_silence
    return {
        "p_stated": round(candidate.p_useful, 4),
        "p": round(p, 4),
        "bar": round(cost / costs, 4) if costs > 0 else 1.0,
        "benefit": candidate.benefit,
        "cost_false_alarm": round(cost, 4),
        "cost_silence": candidate.cost_silence,
        "gain": round(_gain(candidate, p, cost), 4),
        "need": None if moment.need is None else round(moment.need, 4),
        "features": features,
        "full_screen": moment.full_screen,
        "steady": moment.steady,
        "shown_last_minute": moment.shown_last_minute,
        "shown_today": moment.shown_today,
        "local_time": moment.local.isoformat("minutes"),
    }


def _factor(moment: Moment, per_day: int) -> float:
    state = (_FULL_SCREEN if moment.full_screen else 1.0) * (_STEADY if moment.steady else 1.0)
    return state * (1 + _WEARY * moment.shown_today / per_day if per_day else 1.0)


def _drawn(candidate: Candidate, moment: Moment) -> float:
    """Return a number from 0 to 1 that is drawn once a day for each suggestion, and the same when asked again."""
    told = f"{candidate.key}/{moment.now.date()}".encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big") / 2**64


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _digits(words: set[str]) -> set[str]:
    return {word for word in words if any(sign.isdigit() for sign in word)}
