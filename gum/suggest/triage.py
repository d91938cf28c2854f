"""Which notifications matter now, later, or only in the digest, with the reason from what is known of the person.

A notification is untrusted text: it is compared with propositions by its words and can do nothing else.  Each
proposition that it touches supports it by `probability x weight`, where the weight is that of its kind and of how near
its day is; the score is the chance that at least one of them is meant, `1 - product(1 - support)`.  A proposition that
the person ignores such things multiplies it by what is left when that is true.  From `NOW` on a notification matters
now, from `LATER` on later; the rest is for the digest.  What its program marks as critical matters now.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from gum.records import LIVE, Kind, Observation, Proposition, Trust
from gum.store import Store
from gum.store.proposition_query import HIDDEN_BELOW, PropositionQuery
from gum.suggest.kinds.pages import words

OBSERVER = "notifications"
NOW, LATER = 0.6, 0.25
_CRITICAL = re.compile(r"^notification:[^:]+:critical\b")  # as the observer names them, with what the store adds
_WEIGHTS = {
    Kind.COMMITMENT: 0.7,
    Kind.RELATION: 0.75,
    Kind.ACTIVITY: 0.45,
    Kind.INTEREST: 0.35,
    Kind.STATE: 0.4,
    Kind.PREFERENCE: 0.35,
}
_OTHER = 0.2
_PRESSING = 0.95
_PRESSING_DAYS = 2
# Of the words of what a proposition is about, the share that a notification must hold; of a whole sentence, the number.
_OF_CLAIM = 0.6
_OF_SENTENCE = 2
_IGNORES = re.compile(
    r"\b(ignores?|dismiss(es)?|dislikes?|skips?|mutes?|never (reads?|opens?)|does not (read|open|want|like|care))\b",
    re.I,
)
_COMMON = words("user about this that with from have will your there their which when wants works likes prefers")

Rank = Literal["now", "later", "digest"]


@dataclass(frozen=True, slots=True)
class Triaged:
    """A notification with how much it matters, from 0 to 1, and the propositions that say so."""

    notification: Observation
    rank: Rank
    score: float
    reason: str
    propositions: tuple[int, ...]


class Triage:
    """Ranks the notifications of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def since(self, since: datetime, now: datetime) -> list[Triaged]:
        """Return what was notified since an instant, what matters most first, then the newest first."""
        seen = [one for one in self._store.observations.between(since, now) if one.observer == OBSERVER]
        known = self._known(now)
        ranked = [triage(one, known, now) for one in seen]
        return sorted(ranked, key=lambda one: (-_ORDER.index(one.rank), one.score, one.notification.id), reverse=True)

    def of(self, seen: Observation, now: datetime) -> Triaged:
        """Return how much one notification matters now."""
        return triage(seen, self._known(now), now)

    def _known(self, now: datetime) -> list[Proposition]:
        query = PropositionQuery(statuses=LIVE, min_probability=HIDDEN_BELOW)
        found = self._store.propositions.list(query)
        return [
            one for one in found if one.trust is not Trust.UNTRUSTED and (one.valid_to is None or one.valid_to > now)
        ]


_ORDER: tuple[Rank, ...] = ("now", "later", "digest")


def triage(seen: Observation, known: Iterable[Proposition], now: datetime) -> Triaged:
    """Return how much one notification matters to a person of whom this is known."""
    said = words(f"{seen.app} {seen.title} {seen.text}") - _COMMON
    text = f"{seen.app} {seen.title} {seen.text}".casefold()
    touched = [one for one in known if _touches(one, said, text)]
    against = [one for one in touched if _IGNORES.search(one.text)]
    support = {one: one.probability * _weight(one, now) for one in touched if one not in against}
    score = (1 - math.prod(1 - value for value in support.values())) * math.prod(1 - one.probability for one in against)
    meant = sorted(support, key=lambda one: -support[one])
    if _CRITICAL.search(seen.source):
        return Triaged(seen, "now", 1.0, "Its program marks it as critical.", _ids(meant))
    rank: Rank = "now" if score >= NOW else "later" if score >= LATER else "digest"
    return Triaged(seen, rank, round(score, 3), _reason(meant, against), _ids([*meant, *against]))


def _touches(one: Proposition, said: set[str], text: str) -> bool:
    """Return whether a notification speaks of what a proposition is about."""
    if one.claim is not None:
        about = words(one.claim.object)
        if not about:
            return re.search(rf"\b{re.escape(one.claim.object.casefold())}\b", text) is not None
        if len(about & said) / len(about) >= _OF_CLAIM:
            return True
    about = words(one.text) - _COMMON
    return len(about & said) >= min(_OF_SENTENCE, len(about) or _OF_SENTENCE)


def _weight(one: Proposition, now: datetime) -> float:
    weight = _WEIGHTS.get(one.kind, _OTHER)
    due = _day(one)
    if due is not None and timedelta(0) <= due - now.date() <= timedelta(days=_PRESSING_DAYS):
        return max(weight, _PRESSING)
    return weight


def _day(one: Proposition) -> date | None:
    try:
        return date.fromisoformat(one.claim.qualifier) if one.claim else None
    except ValueError:
        return None


def _reason(meant: Sequence[Proposition], against: Sequence[Proposition]) -> str:
    if against:
        return f"You seem not to care for it: {against[0].text}"
    if meant:
        return f"It touches what is believed of you: {meant[0].text}"
    return "Nothing that is known of you speaks for it."


def _ids(found: Iterable[Proposition]) -> tuple[int, ...]:
    return tuple(one.id for one in found)
