"""Propositions that speak against each other, until the person or time resolves it.

A conflict is a proposition with evidence against it, and the rival on whose behalf that speaks where there is one.
It is open from the first opposing evidence on, also once the older of the two has been closed in favour of the newer,
and ends when

- the person gives a verdict on either of them that still stands, or
- nothing new has spoken against it for a half-life of its durability, or
- either of them is over, or hardly anything speaks for it any more.

Deciding for one of two that cannot both hold decides against the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gum.infer.confidence import HALF_LIVES, believe
from gum.infer.relate import supplants
from gum.infer.revise import close, replaced_by
from gum.records import LIVE, Proposition, Stance, Status, Verdict
from gum.store import Store
from gum.store.proposition_query import HIDDEN_BELOW
from gum.store.rivalries import Rivalry

DECIDING = frozenset({"confirm", "reject", "edit", "never_infer", "retire"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A proposition that something speaks against; with `exclusive` only one of the two can hold at a time."""

    proposition: Proposition
    rival: Proposition | None
    exclusive: bool
    pieces: int
    since: datetime
    latest: datetime


def conflicts(store: Store, now: datetime) -> list[Conflict]:
    """Return the open conflicts, the one with the newest opposing evidence first."""
    rows = store.rivalries.list()
    ids = {one.proposition for one in rows} | {one.rival for one in rows if one.rival is not None}
    known = store.propositions.many(sorted(ids))
    said = _deciding(store.verdicts.list("proposition"))
    return [
        Conflict(of, rival, rival is not None and _exclude(of, rival), one.pieces, one.since, one.latest)
        for one in rows
        if (of := known[one.proposition]) and _is_open(store, one, of, rival := known.get(one.rival or 0), said, now)
    ]


def settle(store: Store, id: int, author: str) -> list[int]:
    """Follow a verdict through to the rivals of a proposition; return those that may have to be rescored.

    What was confirmed closes what cannot hold beside it, until that is taken back; what was rejected opens again what
    it had closed.
    """
    known = store.propositions.get(id)
    touched = list(store.propositions.many(list(store.rivalries.of(id))).values())
    for rival in touched:
        if known.status is Status.CONFIRMED and _exclude(known, rival):
            close(store, rival.id, id, known.valid_from or known.first_seen, author)
        elif rival.status is Status.SUPERSEDED:
            closing = [one for one in store.propositions.standing(rival.id) if one.cause == replaced_by(id)]
            if closing and (known.status is Status.REJECTED or closing[-1].author == author):
                store.propositions.undo(rival.id, author, closing[-1].seq)
    return [rival.id for rival in touched]


def _exclude(one: Proposition, other: Proposition) -> bool:
    return supplants(one, other)


def _is_open(
    store: Store,
    one: Rivalry,
    known: Proposition,
    rival: Proposition | None,
    said: Mapping[int, datetime],
    now: datetime,
) -> bool:
    if now - one.latest > HALF_LIVES[known.durability]:
        return False
    if any(id in said and said[id] >= one.latest for id in (one.proposition, one.rival) if id is not None):
        return False
    if rival is not None and (rival.status not in LIVE or rival.probability < HIDDEN_BELOW or _over(rival, now)):
        return False
    replaced = known.status is Status.SUPERSEDED
    if not replaced and (known.status not in LIVE or _over(known, now)):
        return False
    support = [piece for piece in store.propositions.evidence(known.id) if piece.stance is Stance.FOR]
    alone = believe(known.kind, known.durability, support, one.latest).probability
    return known.status is Status.CONFIRMED or alone >= HIDDEN_BELOW


def _over(known: Proposition, now: datetime) -> bool:
    return known.valid_to is not None and known.valid_to <= now


def _deciding(verdicts: Iterable[Verdict]) -> dict[int, datetime]:
    """Return when the person last decided on each proposition, where that was not taken back."""
    said: dict[int, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        if one.verdict == "undo":
            del said[one.target_id][-1:]
        elif one.verdict in DECIDING:
            said[one.target_id].append(one)
    return {id: stack[-1].at for id, stack in said.items() if stack}
