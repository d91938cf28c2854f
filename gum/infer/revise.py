"""What becomes of a draft: code decides, the engine only says how it stands to what is known.

    stands to a known one as    and the draft is for it      and it is against it
    same                        support                      oppose
    refines                     revise, or support where     -
                                the words are the person's
    contradicts                 oppose, and add the draft    -
    nothing                     add                          -

A draft that is the same as a rejected proposition, or refines one, is dropped: nothing is added to it.

Opposing evidence stands beside the supporting.  Where only one of two can hold at a time the older is closed, once the
newer is believed and unless the person has made the older theirs: it is superseded, and its validity ends.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gum.infer.confidence import PRIORS, weight_of
from gum.infer.relate import Related, same_text, supplants
from gum.infer.rescore import ACTIVE_FROM
from gum.records import Draft, Durability, Evidence, Observation, Proposition, Relation, Revision, Stance, Status, Trust
from gum.store import Store


class Action(StrEnum):
    """What is done with a draft."""

    ADD = "add"
    SUPPORT = "support"
    REVISE = "revise"
    OPPOSE = "oppose"


@dataclass(frozen=True, slots=True)
class Step:
    """One action, on a known proposition unless it is ADD."""

    action: Action
    target: Proposition | None = None


@dataclass(frozen=True, slots=True)
class Grounded:
    """A draft with the observations behind each of its quotes, all verified."""

    draft: Draft
    quotes: tuple[tuple[str, Observation], ...]
    sensitivity: str = ""

    @property
    def first(self) -> datetime:
        return min(observation.captured_at for _, observation in self.quotes)

    @property
    def latest(self) -> datetime:
        return max(observation.captured_at for _, observation in self.quotes)

    def joined(self, other: Grounded) -> Grounded:
        """Return this draft with the quotes of another that says the same, at the greater strength."""
        strength = max(self.draft.strength, other.draft.strength)
        quotes = tuple(dict.fromkeys(self.quotes + other.quotes))
        return dataclasses.replace(self, draft=dataclasses.replace(self.draft, strength=strength), quotes=quotes)

    def proposition(self, author: str, id: int = 0) -> Proposition:
        """Return the proposition that the draft would make, before any evidence has been weighed."""
        draft = self.draft
        return Proposition(
            text=draft.text,
            reasoning=draft.reasoning,
            kind=draft.kind,
            durability=draft.durability,
            theme=draft.theme,
            status=Status.CANDIDATE,
            probability=PRIORS[draft.kind],
            raw_probability=PRIORS[draft.kind],
            trust=Trust.UNTRUSTED,
            first_seen=self.first,
            last_supported=self.latest,
            engine=author,
            claim=draft.claim,
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            sensitivity=self.sensitivity,
            id=id,
        )


def decide(draft: Draft, related: Sequence[Related]) -> list[Step]:
    """Return what is to be done with a draft, in order; nothing when it is dropped."""
    alike = [one for one in related if one.relation in (Relation.SAME, Relation.REFINES)]
    if any(one.proposition.status is Status.REJECTED for one in alike):
        return []
    same = _best(one.proposition for one in alike if one.relation is Relation.SAME)
    if draft.stance is Stance.AGAINST:
        return [Step(Action.OPPOSE, same)] if same else []
    refined = _best(one.proposition for one in alike if one.relation is Relation.REFINES)
    if same is not None:
        steps = [Step(Action.SUPPORT, same)]
    elif refined is not None:
        steps = [Step(Action.SUPPORT if _words_of_person(refined) else Action.REVISE, refined)]
    else:
        steps = [Step(Action.ADD)]
    opposed = (one.proposition for one in related if one.relation is Relation.CONTRADICTS)
    return steps + [Step(Action.OPPOSE, one) for one in opposed if one.status is not Status.REJECTED]


class Reviser:
    """Carries decisions out in the store, in the name of one engine.  Call it inside a transaction."""

    def __init__(self, store: Store, author: str) -> None:
        self._store = store
        self._author = author
        self._exclusive: dict[tuple[int, int], datetime] = {}

    def apply(self, grounded: Grounded, steps: Iterable[Step]) -> list[int]:
        """Do the steps; return the propositions that changed or gained evidence."""
        changed: list[int] = []
        own: Proposition | None = None
        for step in steps:
            if step.target is None:
                own = self._add(grounded)
                changed.append(own.id)
            elif step.action is Action.OPPOSE:
                changed += self._oppose(grounded, step.target, own)
            else:
                own, gained = self._support(grounded, step)
                changed += [own.id] if gained else []
        return changed

    def close_replaced(self) -> list[int]:
        """Close what was replaced by something that is believed by now; call it once all is rescored."""
        closed = []
        for (older, newer), at in self._exclusive.items():
            undone = any(one.undone and one.cause == replaced_by(newer) for one in self._history(older))
            if not undone and self._believed(newer) and close(self._store, older, newer, at, self._author):
                closed.append(older)
        return closed

    def _taken_back(self, known: Proposition, draft: Draft) -> bool:
        """Return whether the person has undone this very wording before."""
        return any(
            one.undone and same_text(str(one.new.get("text", "")), draft.text) for one in self._history(known.id)
        )

    def _history(self, id: int) -> Sequence[Revision]:
        return self._store.propositions.revisions(id)

    def _believed(self, id: int) -> bool:
        known = self._store.propositions.get(id)
        return known.status in (Status.ACTIVE, Status.CONFIRMED) and known.probability >= ACTIVE_FROM

    def _add(self, grounded: Grounded) -> Proposition:
        made = self._store.propositions.add(grounded.proposition(self._author), self._author, "inferred")
        self._add_evidence(grounded, made.id, Stance.FOR)
        return made

    def _support(self, grounded: Grounded, step: Step) -> tuple[Proposition, bool]:
        known = self._store.propositions.get(step.target.id)  # type: ignore[union-attr]
        heaviest = max((one.weight for one in self._store.propositions.evidence(known.id)), default=0.0)
        gained = self._add_evidence(grounded, known.id, Stance.FOR)
        if not gained:
            return known, False
        changes = _validity(known, grounded)
        step = dataclasses.replace(step, action=Action.SUPPORT) if self._taken_back(known, grounded.draft) else step
        if step.action is Action.REVISE or _lasts_longer(grounded.draft, known):
            changes |= _wording(grounded.draft) | {"sensitivity": grounded.sensitivity}
        elif weight_of(grounded.draft.strength) > heaviest and not _words_of_person(known):
            changes["reasoning"] = grounded.draft.reasoning
        cause = "refined" if step.action is Action.REVISE else "more evidence"
        return self._store.propositions.update(known.id, changes, self._author, cause), True

    def _oppose(self, grounded: Grounded, target: Proposition, own: Proposition | None) -> list[int]:
        """Let the draft speak against a known proposition, or that against the draft where it is the newer one."""
        target = self._store.propositions.get(target.id)
        exclusive = own is not None and supplants(own, target)
        if own is not None and exclusive and grounded.latest < target.first_seen:
            return self._came_late(own, target)
        if not self._add_evidence(grounded, target.id, Stance.AGAINST, own):
            return []
        if own is not None and exclusive:
            self._exclusive[target.id, own.id] = own.valid_from or grounded.first
        return [target.id]

    def _came_late(self, older: Proposition, newer: Proposition) -> list[int]:
        """Let what already stands in its place speak against what a late draft brought."""
        against = [
            dataclasses.replace(one, proposition=older.id, stance=Stance.AGAINST, rival=newer.id)
            for one in self._store.propositions.evidence(newer.id)
            if one.stance is Stance.FOR
        ]
        self._store.propositions.add_evidence(against)
        self._exclusive[older.id, newer.id] = newer.valid_from or newer.first_seen
        return [older.id]

    def _add_evidence(
        self, grounded: Grounded, proposition: int, stance: Stance, rival: Proposition | None = None
    ) -> int:
        weight = weight_of(grounded.draft.strength)
        return self._store.propositions.add_evidence(
            [
                Evidence(
                    proposition=proposition,
                    observation=seen.id,
                    episode=seen.episode,
                    stance=stance,
                    quote=quote,
                    weight=weight,
                    trust=seen.trust,
                    at=seen.captured_at,
                    engine=self._author,
                    rival=rival.id if rival else None,
                )
                for quote, seen in grounded.quotes
                if seen.episode is not None
            ]
        )


def close(store: Store, older: int, newer: int, at: datetime, author: str) -> bool:
    """End the validity of what was replaced; return whether anything was to be done.

    What the person pinned, edited, confirmed or rejected stays as it is.
    """
    known = store.propositions.get(older)
    if known.pinned or known.edited or known.status in (Status.CONFIRMED, Status.REJECTED, Status.SUPERSEDED):
        return False
    ends = at if known.valid_to is None else min(known.valid_to, at)
    changes = {"valid_to": ends, "status": Status.SUPERSEDED}
    store.propositions.update(older, changes, author, replaced_by(newer))
    return True


def replaced_by(id: int) -> str:
    """Return the cause of the Revision by which a proposition is closed in favour of another."""
    return f"replaced by proposition {id}"


def _wording(draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "reasoning": draft.reasoning,
        "kind": draft.kind,
        "durability": draft.durability,
        "theme": draft.theme,
        "claim": draft.claim,
    }


def _validity(known: Proposition, grounded: Grounded) -> dict[str, Any]:
    """Return how new support moves the times of a proposition: seen earlier, lasting longer, or holding again."""
    changes: dict[str, Any] = {}
    if grounded.first < known.first_seen:
        changes["first_seen"] = grounded.first
    if known.pinned or known.edited or known.valid_to is None:
        return changes
    ends = grounded.draft.valid_to
    if known.status is Status.SUPERSEDED and grounded.latest > known.valid_to:
        changes["status"] = Status.CANDIDATE  # it holds again; rescoring says how firmly
    if ends is None and grounded.latest > known.valid_to:
        changes["valid_to"] = None
    elif ends is not None and ends > known.valid_to:
        changes["valid_to"] = ends
    return changes


def _lasts_longer(draft: Draft, known: Proposition) -> bool:
    """Return whether what was taken for passing has turned out to last: a task that became a project."""
    order = list(Durability)
    return not _words_of_person(known) and order.index(draft.durability) > order.index(known.durability)


def _best(known: Iterable[Proposition]) -> Proposition | None:
    """Return the one that holds most firmly: the person's own first, then the most probable, then the oldest."""
    found = sorted(known, key=lambda one: (not _words_of_person(one), -one.probability, one.id))
    return found[0] if found else None


def _words_of_person(known: Proposition) -> bool:
    return known.edited or known.pinned or known.status is Status.CONFIRMED
