"""Which propositions belong beside one: those that clash with it, and those about the same or near in meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gum.errors import EmbedderError
from gum.infer.review_queue import subject
from gum.records import LIVE, Proposition
from gum.store import Store

MOST = 8
LEAST_COSINE = 0.55
"""Below this the built-in embedder finds nothing that a person would call near."""


@dataclass(frozen=True, slots=True)
class Related:
    """A proposition beside another, and what joins them."""

    proposition: Proposition
    relation: Literal["conflict", "same subject", "near"]


def related(store: Store, id: int) -> list[Related]:
    """Return what belongs beside a proposition: what clashes with it first, then at most MOST others that are held.

    Without an embedder, only what is about the same thing is told of the others.  Raises NotFoundError.
    """
    one = store.propositions.get(id)
    rivals = list(store.rivalries.of(id))
    close = _near(store, one)
    known = store.propositions.many([*rivals, *close])
    about = subject(one)
    others = [known[other] for other in close if other in known and other not in rivals]
    held = [other for other in others if other.status in LIVE][:MOST]
    return [Related(known[rival], "conflict") for rival in rivals if rival in known] + [
        Related(other, "same subject" if about and subject(other) == about else "near") for other in held
    ]


def _near(store: Store, one: Proposition) -> list[int]:
    """Return what makes a claim about the same object, then what is near in meaning, the nearest first."""
    same = [] if one.claim is None else [other.id for other in store.propositions.by_object(one.claim.object)]
    try:
        near = [other for other, cosine in store.propositions.nearest(one.text, 3 * MOST) if cosine >= LEAST_COSINE]
    except EmbedderError:
        near = []
    return [other for other in dict.fromkeys([*same, *near]) if other != one.id]
