"""The person's side of the audit: what was held back, and what they say to it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from gum.clock import Clock
from gum.errors import ConflictError
from gum.infer.audit.allowed import AllowedCategories
from gum.infer.audit.judging import HELD
from gum.infer.audit.matters import from_fields
from gum.infer.audit.rules import CATEGORIES
from gum.infer.quotes import verified
from gum.infer.relate import neighbours, relate
from gum.infer.rescore import rescore
from gum.infer.revise import Grounded, Reviser, decide
from gum.infer.trust import trust_of
from gum.protocols import Reasoner
from gum.records import Draft, Observation, Proposition
from gum.store import Store
from gum.store.audit import ALLOWED, REFUSED, AuditDecision


@dataclass(frozen=True, slots=True)
class CategoryState:
    """One sensitive category: whether it may be inferred, since when by the person, what waits and what is believed."""

    category: str
    allowed: bool
    switched_at: datetime | None
    held: int
    propositions: int


class Answers:
    """What the person decides of the audit's decisions; each raises NotFoundError for an unknown one."""

    def __init__(self, store: Store, engine: Reasoner, allowed: AllowedCategories, now: Clock) -> None:
        self._store = store
        self._engine = engine
        self._allowed = allowed
        self._now = now

    def allow(self, id: int) -> Proposition:
        """Let a held draft become a proposition with its evidence; the same matter is let through from now on.

        Raises ConflictError when it was answered already, when nothing of it was kept, or when what it rested on is
        gone; EngineError when the engine cannot say how it stands to what is known.
        """
        held = self._waiting(id)
        if "text" not in held.draft:
            raise ConflictError("Nothing of it was kept, so there is nothing to let through.")
        one = self._grounded(held)
        related = relate(self._engine, one.draft, neighbours(self._store, one.draft))
        reviser = Reviser(self._store, held.draft["author"])
        with self._store.transaction():
            changed = reviser.apply(one, decide(one.draft, related))
            if not changed:
                raise ConflictError("You rejected what this says, or it is believed already.")
            rescore(self._store, self._now(), changed)
            rescore(self._store, self._now(), reviser.close_replaced())
            self._store.propositions.update(changed[0], {"sensitivity": held.category}, "person", "allowed")
            self._store.audit.answer(id, ALLOWED, self._now(), changed[0])
        return self._store.propositions.get(changed[0])

    def refuse(self, id: int) -> AuditDecision:
        """Let a held draft go; the same matter is held back silently from now on.  Raises ConflictError."""
        self._waiting(id)
        return self._store.audit.answer(id, REFUSED, self._now())

    def switch(self, category: str, on: bool) -> CategoryState:
        """Allow a category or hold it back from now on.  Raises NotFoundError for an unknown one."""
        self._allowed.switch(category, on, self._now())
        return next(one for one in self.categories() if one.category == category)

    def categories(self) -> list[CategoryState]:
        """Return every category with what holds of it."""
        held = Counter(one.category for one in self._store.audit.list(HELD))
        believed = Counter(one.sensitivity for one in self._store.propositions.list() if one.sensitivity)
        allowed = self._allowed.all()
        return [
            CategoryState(name, name in allowed, self._allowed.since(name), held[name], believed[name])
            for name in CATEGORIES
        ]

    def _waiting(self, id: int) -> AuditDecision:
        known = self._store.audit.get(id)
        if known.state != HELD:
            raise ConflictError(f"Audit decision {id} is {known.state}; only what is held back can be answered.")
        return known

    def _grounded(self, held: AuditDecision) -> Grounded:
        """Return the draft on those of its quotes that still stand in what is kept."""
        quotes = tuple(self._store.audit.quotes(held.id))
        draft = from_fields(held.draft, quotes)
        seen = {one.id: one for one in self._store.observations.many(sorted({one.observation for one in quotes}))}
        real = [
            (quote.text, self._weighed(quote.text, seen[quote.observation], draft))
            for quote in quotes
            if verified(quote, seen)
        ]
        if not real:
            raise ConflictError("What it rested on is gone, so nothing speaks for it any more.")
        return Grounded(draft, tuple(real), held.category)

    def _weighed(self, words: str, seen: Observation, draft: Draft) -> Observation:
        around = self._store.observations.of_episode(seen.episode or 0)
        return dataclasses.replace(seen, trust=trust_of(words, seen, draft.claim, around, draft.text))
