"""How a draft stands to a known proposition: by their claims, or by their words where one has no claim."""

from __future__ import annotations

import re

from gum.records import Claim, Draft, Proposition, Relation
from gum_models.statistical.language import begins, content, overlap, similar

# Predicates whose qualifier has one value at a time.
SINGLE_VALUED = frozenset({"has_deadline", "has_commitment", "has_routine"})
# Predicates that hold of one thing at a time.
ONE_AT_A_TIME = frozenset({"lives_in", "works_at"})
# Predicates whose objects are words that the person wrote.
WRITTEN = frozenset({"has_deadline", "has_commitment"})
_SAME_WORDS = 0.8
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def relate(draft: Draft, known: Proposition) -> Relation:
    """Return how the draft stands to the proposition."""
    if draft.claim is None or known.claim is None:
        return Relation.SAME if overlap(draft.text, known.text) >= _SAME_WORDS else Relation.UNRELATED
    return _claims(draft.claim, known.claim)


def same_object(first: str, second: str) -> bool:
    """Say whether two normal forms name one thing: near-equal, or the same content words."""
    if similar(first, second):
        return True
    one, two = set(content(first)), set(content(second))
    return bool(one) and one == two and not _differing_numbers(first, second)


def _claims(mine: Claim, theirs: Claim) -> Relation:
    if mine.predicate != theirs.predicate:
        return Relation.UNRELATED
    if not same_object(mine.object, theirs.object):
        if mine.predicate in ONE_AT_A_TIME:
            return Relation.CONTRADICTS
        if mine.predicate == "prefers_tool" and mine.qualifier and mine.qualifier == theirs.qualifier:
            return Relation.CONTRADICTS
        if mine.predicate in WRITTEN and (begun := _begun(mine, theirs)) is not None:
            return begun
        longer = mine.predicate == "deals_with" and set(theirs.object.split()) < set(mine.object.split())
        return Relation.REFINES if longer else Relation.UNRELATED
    if mine.predicate == "is_stuck_on":
        return Relation.SAME
    return _qualifiers(mine, theirs)


def _begun(mine: Claim, theirs: Claim) -> Relation | None:
    """Return how two claims stand of which one was read while its sentence was still being typed."""
    if mine.qualifier and theirs.qualifier and mine.qualifier != theirs.qualifier:
        return None
    if begins(theirs.object, mine.object):
        return Relation.REFINES
    return Relation.SAME if begins(mine.object, theirs.object) else None


def _qualifiers(mine: Claim, theirs: Claim) -> Relation:
    if mine.qualifier == theirs.qualifier or _near(mine.qualifier, theirs.qualifier):
        return Relation.SAME
    if not mine.qualifier:
        return Relation.SAME
    if not theirs.qualifier or _within(mine.qualifier, theirs.qualifier):
        return Relation.REFINES
    return Relation.CONTRADICTS if mine.predicate in SINGLE_VALUED else Relation.UNRELATED


def _near(first: str, second: str) -> bool:
    """Say whether two times of day lie within an hour."""
    one, two = _CLOCK.search(first), _CLOCK.search(second)
    if one is None or two is None:
        return False
    minutes = abs(int(one[1]) * 60 + int(one[2]) - int(two[1]) * 60 - int(two[2]))
    return min(minutes, 1440 - minutes) <= 60


def _within(detailed: str, vague: str) -> bool:
    """Say whether the detailed qualifier says more of the same: a day inside a month, a longer wording."""
    return len(detailed) > len(vague) and (detailed.startswith(vague) or set(content(vague)) < set(content(detailed)))


def _differing_numbers(first: str, second: str) -> bool:
    return re.findall(r"\d+", first) != re.findall(r"\d+", second)
