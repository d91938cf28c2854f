"""What is already known near a draft, and how the draft stands to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gum.errors import EngineError
from gum.records import Claim, Draft, Proposition, Relation, Status
from gum.store import SearchQuery, Store

NEIGHBOURS = 8
# What may hold only one value at a time: which part of the claim names the place, and which part the value.
SINGLE_VALUED = {
    "prefers_tool": ("qualifier", "object"),
    "has_routine": ("object", "qualifier"),
    "has_deadline": ("object", "qualifier"),
    "lives_in": ("predicate", "object"),
    "works_at": ("predicate", "object"),
}
# Without claims: two sentences that begin alike up to one of these words, and then name different things.
_BEFORE_VALUE = frozenset({"as", "at", "for", "from", "in", "is", "near", "on", "to", "uses", "with"})
_LEAST_ALIKE = 3


class Relater(Protocol):
    """What relates a draft to known propositions; every engine does."""

    name: str

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]: ...


@dataclass(frozen=True, slots=True)
class Related:
    """A known proposition with the relation of a draft to it."""

    proposition: Proposition
    relation: Relation


def neighbours(store: Store, draft: Draft, limit: int = NEIGHBOURS) -> list[Proposition]:
    """Return the propositions near a draft, of every status: the same claim first, then the nearest texts.

    Raises EmbedderError.
    """
    found: dict[int, Proposition] = {}
    if draft.claim is not None:
        for known in _of_claim(store, draft.claim):
            found[known.id] = known
    query = SearchQuery(
        text=draft.text, limit=limit, statuses=tuple(Status), diversity=False, recency=False, min_probability=0.0
    )
    for hit in store.search(query):
        found.setdefault(hit.proposition.id, hit.proposition)
    return list(found.values())[: 2 * limit]


def relate(engine: Relater, draft: Draft, known: Sequence[Proposition]) -> list[Related]:
    """Return how the draft stands to each known proposition; the engine is asked where the claims leave it open.

    Raises EngineError when the engine's answer does not fit the question.
    """
    decided = {one.id: relation for one in known if (relation := by_code(draft, one)) is not None}
    asked = [one for one in known if one.id not in decided]
    answers = engine.relate(draft, asked) if asked else ()
    if len(answers) != len(asked):
        raise EngineError(f"The engine {engine.name!r} related {len(answers)} of {len(asked)} propositions.")
    decided |= {one.id: Relation(answer) for one, answer in zip(asked, answers, strict=True)}
    return [Related(one, decided[one.id]) for one in known if decided[one.id] is not Relation.UNRELATED]


def same_claim(one: Claim | None, other: Claim | None) -> bool:
    """Return whether both claim the same of the same thing, to the detail."""
    return one is not None and other is not None and _plain_claim(one) == _plain_claim(other)


def same_text(one: str, other: str) -> bool:
    """Return whether two texts differ in case, blanks and the last full stop only."""
    return plain(one) == plain(other)


def replaces(new: Claim | None, old: Claim | None) -> bool:
    """Return whether one claim gives another value where only one can hold at a time."""
    if new is None or old is None or new.predicate != old.predicate or new.predicate not in SINGLE_VALUED:
        return False
    place, value = SINGLE_VALUED[new.predicate]
    same_place = plain(getattr(new, place)) == plain(getattr(old, place))
    return same_place and plain(getattr(new, value)) != plain(getattr(old, value))


def supplants(new: Proposition, old: Proposition) -> bool:
    """Return whether of two propositions that contradict each other only one can hold at a time.

    By their claims, and where neither has one by their words: 'The user lives in Bern' and '... lives in Lisbon'.
    """
    if new.claim is not None or old.claim is not None:
        return replaces(new.claim, old.claim)
    one, two = plain(new.text).split(), plain(old.text).split()
    alike = next((n for n, (mine, theirs) in enumerate(zip(one, two, strict=False)) if mine != theirs), 0)
    return new.kind is old.kind and alike >= _LEAST_ALIKE and one[alike - 1] in _BEFORE_VALUE


def plain(text: str) -> str:
    """Return the text in lower case, with single blanks and without a full stop at its end."""
    return " ".join(text.casefold().split()).rstrip(".")


def by_code(draft: Draft, known: Proposition) -> Relation | None:
    """Return how a draft stands to a known proposition where no engine needs to be asked, or None."""
    if same_text(draft.text, known.text) or same_claim(draft.claim, known.claim):
        return Relation.SAME
    both = draft.claim is not None and known.claim is not None
    if both and draft.claim.predicate != known.claim.predicate:  # type: ignore[union-attr]
        return Relation.UNRELATED
    return None


def _of_claim(store: Store, claim: Claim) -> Iterable[Proposition]:
    yield from store.propositions.by_claim(claim.predicate, claim.object)
    place, value = SINGLE_VALUED.get(claim.predicate, ("", "object"))
    if place and value == "object":
        for known in store.propositions.by_claim(claim.predicate):
            if known.claim is not None and plain(getattr(known.claim, place)) == plain(getattr(claim, place)):
                yield known


def _plain_claim(claim: Claim) -> tuple[str, str, str]:
    return claim.predicate, plain(claim.object), plain(claim.qualifier)
