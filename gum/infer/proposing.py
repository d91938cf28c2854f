"""What another program says of the person: kept as a candidate of the lowest trust until the person confirms it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gum.errors import ConflictError
from gum.infer.confidence import PRIORS
from gum.infer.relate import same_text
from gum.records import Durability, Kind, Proposition, Status, Theme, Trust
from gum.store import PropositionQuery, Store

#: What the engine of a proposition begins with that another program has added.
ADDED_BY = "client:"


def propose(store: Store, text: str, by: str, now: datetime, allowed: Collection[str] = ()) -> Proposition:
    """Keep what a client says, with nothing but the prior for it; what is known in these words is left as it stands.

    Raises ConflictError for what the person has rejected or never wants to be inferred, and for what is sensitive in a
    way that they have not allowed.
    """
    words = " ".join(text.split())
    if not words:
        raise ConflictError("A proposition needs a text.")
    with store.transaction():
        for known in store.propositions.list(PropositionQuery(text=words)):
            if same_text(known.text, words):
                return _standing(known)
        if store.tombstones.covers(words, None):
            raise ConflictError("The person does not want this to be kept.")
        sensitivity = _sensitivity(words, allowed)
        return store.propositions.add(_candidate(words, by, now, sensitivity), f"{ADDED_BY}{by}", "proposed")


def _standing(known: Proposition) -> Proposition:
    if known.status is Status.REJECTED:
        raise ConflictError("The person does not want this to be kept.")
    return known


def _candidate(words: str, by: str, now: datetime, sensitivity: str) -> Proposition:
    prior = PRIORS[Kind.FACT]
    return Proposition(
        text=words,
        reasoning=f"The client {by!r} said so.",
        kind=Kind.FACT,
        durability=Durability.TRAIT,
        theme=Theme.LIFE,
        status=Status.CANDIDATE,
        probability=prior,
        raw_probability=prior,
        trust=Trust.UNTRUSTED,
        first_seen=now,
        last_supported=now,
        engine=f"{ADDED_BY}{by}",
        sensitivity=sensitivity,
    )


def _sensitivity(words: str, allowed: Collection[str]) -> str:
    """Return the sensitive category of a text, '' for none.  Raises ConflictError for one that is not allowed."""
    from gum.infer.audit.rules import touched

    found = touched(words)
    refused = next((one for one in found if one not in allowed), None)
    if refused is not None:
        raise ConflictError(
            f"It concerns {refused.replace('_', ' ')}, which is not kept unless infer.allow_sensitive names it."
        )
    return found[0] if found else ""
