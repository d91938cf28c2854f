"""What to ask the person about first: the propositions on which a verdict teaches most.

score = uncertainty x influence x use

Uncertainty is the entropy of the probability in bits.  Influence grows with the logarithm of the number of undecided
propositions that the verdict bears on: those about the same thing, and twice those that cannot hold beside it.  Use is
one and a half for what is about to be used: a suggestion rests on it, or it was supported within the last day.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.infer.conflicts import Conflict, conflicts
from gum.infer.relate import plain
from gum.records import Proposition, Status
from gum.store import PropositionQuery, Store
from gum.store.proposition_query import HIDDEN_BELOW

UNDECIDED = (Status.CANDIDATE, Status.ACTIVE)
_IN_USE = 1.5
_FRESH = timedelta(days=1)
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Due:
    """A proposition that waits for a verdict, how much that teaches, and why it is asked about."""

    proposition: Proposition
    score: float
    why: str


def due(store: Store, now: datetime, limit: int) -> list[Due]:
    """Return the undecided propositions on which a verdict teaches most, best first; of equal ones the oldest."""
    known = undecided(store, now)
    about = Counter(subject(one) for one in known)
    rivals = _rivals(conflicts(store, now))
    rested_on = {id for one in store.suggestions.list(["shown"]) for id in one.propositions}
    found = []
    for one in known:
        others = about[subject(one)] - 1 if subject(one) else 0
        used = one.id in rested_on or now - one.last_supported <= _FRESH
        influence = 1 + math.log2(1 + others + 2 * rivals[one.id])
        score = entropy(one.probability) * influence * (_IN_USE if used else 1.0)
        found.append(Due(one, score, _why(others, rivals[one.id], one.id in rested_on)))
    return sorted(found, key=lambda one: (-one.score, one.proposition.id))[:limit]


def undecided(store: Store, now: datetime) -> list[Proposition]:
    """Return the live propositions that the person has not decided on, the last supported first."""
    query = PropositionQuery(statuses=UNDECIDED, min_probability=HIDDEN_BELOW, sort="-last_supported", limit=_LOOKED_AT)
    return [one for one in store.propositions.list(query) if one.valid_to is None or one.valid_to > now]


def subject(known: Proposition) -> str:
    """Return what a proposition is about, in normal form; empty when it makes no claim."""
    return plain(known.claim.object) if known.claim is not None else ""


def entropy(probability: float) -> float:
    """Return the uncertainty of a probability in bits, 0 to 1."""
    if not 0 < probability < 1:
        return 0.0
    return -sum(p * math.log2(p) for p in (probability, 1 - probability))


def _rivals(found: Iterable[Conflict]) -> Counter[int]:
    pairs = ((one.proposition.id, one.rival.id) for one in found if one.rival is not None)
    return Counter(id for pair in pairs for id in pair)


def _why(others: int, rivals: int, rested_on: bool) -> str:
    said = ["it is uncertain"]
    if rivals:
        said.append("something else speaks against it")
    if others:
        said.append(f"{others} more {'is' if others == 1 else 'are'} about the same")
    if rested_on:
        said.append("a suggestion rests on it")
    return ", ".join(said)
