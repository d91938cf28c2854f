"""Suggestions from discovery to undo.  Nothing is done before the person accepts."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from pathlib import Path

from gum import clock
from gum.config import Config
from gum.errors import ActionError, EngineError
from gum.protocols import Action, Embedder, Reasoner, Rewriting, Situation, Suggester
from gum.records import LIVE, Candidate, Proposition, Stance, Suggestion
from gum.store import Store
from gum.store.proposition_query import HIDDEN_BELOW, PropositionQuery
from gum.suggest.gate import OF_THE_MOMENT, Decision, Gate, gain, holds
from gum.suggest.imagining import imagined
from gum.suggest.learning import Learned, features_of, learned
from gum.suggest.likeness import Likeness
from gum.suggest.moment import Moment
from gum.suggest.present import Present
from gum.suggest.versions import Versioned

log = logging.getLogger(__name__)

# How far back suggesters see episodes.
_RECENT_DAYS = 7.0
# How often it is asked whether a moment that held something back has passed.
_LOOK_AGAIN = timedelta(seconds=10)


class Suggesting(Versioned):
    """Offers suggestions and carries out the accepted ones; their results lie below `folder`."""

    def __init__(
        self,
        store: Store,
        suggesters: Mapping[str, Suggester],
        actions: Mapping[str, Action],
        config: Config,
        folder: Path,
        now: clock.Clock = clock.now,
        embedder: Embedder | None = None,
        writer: Rewriting | None = None,
    ) -> None:
        super().__init__(store, actions, folder, now, config.suggest.calendar_file, writer)
        self._suggesters = suggesters
        self._settings = config.suggest
        self._likeness = Likeness(embedder) if embedder is not None else None
        self.present = Present(store, config.suggest)
        self._imagined: tuple[int, list[Candidate]] = (0, [])
        self._held_back = False
        self._looked: datetime | None = None

    def imagine(self, engine: Reasoner, now: datetime) -> None:
        """Ask a model for candidates, which the next discovery decides on; it takes long.  Raises StoreError."""
        generation = self._store.forgotten.generation
        try:
            self._imagined = (generation, imagined(self._store, engine, now))
        except EngineError as error:
            log.warning("the engine %s suggested nothing: %s", engine.name, type(error).__name__)
            self._store.failures.note(f"suggestions of {engine.name}", f"It failed ({type(error).__name__}).")

    def is_due(self, now: datetime) -> bool:
        """Return whether something was held back by a moment that has passed; it is looked at every few seconds."""
        if not self._held_back or (self._looked is not None and timedelta() <= now - self._looked < _LOOK_AGAIN):
            return False
        self._looked = now
        return self._gate({}, Learned({})).untimely(self.present.moment(now)) is None

    def discover(self, now: datetime) -> list[Suggestion]:
        """Ask every suggester, decide on each candidate and record the decision; return what is newly shown.

        Suggestions whose time or ground is gone are withdrawn first.
        """
        self.withdraw(now)
        generation = self._store.forgotten.generation
        candidates, lasting = self._candidates(now)
        shown = []
        with self._store.transaction():
            if self._store.forgotten.generation != generation:  # they may tell what was forgotten meanwhile
                return []
            self._withdraw_done(lasting, {one.key for one in candidates})
            earlier = {one.key: one for one in self._store.suggestions.list()}
            taught = learned(earlier.values())
            gate = self._gate(earlier, taught)
            self._held_back, self._looked = False, now
            moment = self.present.moment(now)
            for candidate in _best_first(candidates, taught, moment):
                known = earlier.get(candidate.key)
                if known is not None and known.status != "silent":
                    continue
                decision = self._decide(gate, candidate, moment)
                self._held_back |= decision.reason in OF_THE_MOMENT
                if decision.speak:
                    moment = dataclasses.replace(
                        moment,
                        shown_last_minute=moment.shown_last_minute + 1,
                        shown_today=moment.shown_today + 1,
                    )
                kept = self._record(candidate, decision, known, now)
                earlier[candidate.key] = kept
                shown += [kept] if decision.speak else []
        return shown

    def _withdraw_done(self, kinds: Set[str], offered: Set[str]) -> None:
        """Withdraw what suggesters that say so by `withdraws` offer no longer: it was done, or is true no more."""
        for one in self._store.suggestions.list(["shown", "snoozed"]):
            if one.kind in kinds and one.key not in offered:
                self._store.suggestions.set_status(one.id, "expired", {"reason": "it is done, or no longer needed"})

    def allow(self, kind: str) -> int:
        """Offer a kind again that the person wanted no more of; return how many refusals that takes back."""
        refused = [
            one
            for one in self._store.suggestions.list(["dismissed"])
            if one.kind == kind and one.result.get("scope") == "kind"
        ]
        with self._store.transaction():
            for one in refused:
                self._store.suggestions.set_status(one.id, "dismissed", one.result | {"scope": ""})
        return len(refused)

    def learned(self) -> Learned:
        """Return what the answers so far have taught."""
        return learned(self._store.suggestions.list())

    def _candidates(self, now: datetime) -> tuple[list[Candidate], set[str]]:
        """Return the candidates, and the kinds of which all that still holds is among them."""
        situation = self._situation(now)
        generation, found = self._imagined
        found = list(found) if generation == self._store.forgotten.generation else []
        lasting: set[str] = set()
        for name, suggester in self._suggesters.items():
            try:
                found += suggester.candidates(situation)
                lasting |= {suggester.kind} if getattr(suggester, "withdraws", False) else set()
            except Exception as error:  # noqa: BLE001  (a suggester is a plug-in; the others go on)
                log.warning("the suggester %s failed: %s", name, type(error).__name__)
                self._store.failures.note(f"suggester {name}", f"It failed ({type(error).__name__}).")
        return found, lasting

    def _situation(self, now: datetime) -> Situation:
        query = PropositionQuery(statuses=LIVE, min_probability=HIDDEN_BELOW)
        return Situation(
            now=now.astimezone(self.present.zone()),
            propositions=tuple(_as_said(one) for one in self._store.propositions.list(query) if holds(one, now)),
            episodes=tuple(self._store.episodes.before(now, _RECENT_DAYS)),
            observations=self._store.observations.of_episode,
            evidence=self._quotes,
        )

    def _quotes(self, proposition: int) -> Sequence[str]:
        evidence = self._store.propositions.evidence(proposition)
        return [one.quote for one in evidence if one.stance is Stance.FOR]

    def _gate(self, earlier: Mapping[str, Suggestion], taught: Learned) -> Gate:
        return Gate(self._settings, frozenset(self._actions), earlier, taught, self._likeness)

    def _decide(self, gate: Gate, candidate: Candidate, moment: Moment) -> Decision:
        decision = gate.decide(candidate, self._rests_on(candidate.propositions), moment)
        if decision.speak:
            try:
                self._actions[candidate.action].preview(candidate.payload)
            except ActionError as error:
                return Decision(False, f"its action cannot do it: {error}", decision.numbers)
        return decision

    def _record(self, candidate: Candidate, decision: Decision, known: Suggestion | None, now: datetime) -> Suggestion:
        if known is not None and not decision.speak and known.decision.get("reason") == decision.reason:
            return known
        suggestion = Suggestion(
            kind=candidate.kind,
            title=candidate.title,
            why=candidate.why,
            action=candidate.action,
            payload=candidate.payload,
            propositions=candidate.propositions,
            status="shown" if decision.speak else "silent",
            decision=decision.recorded(),
            key=candidate.key,
            created_at=now,
            expires_at=candidate.expires_at,
        )
        if known is not None:
            return self._store.suggestions.renew(known.id, suggestion)
        return self._store.suggestions.add(suggestion) or suggestion


def _as_said(known: Proposition) -> Proposition:
    """Return a proposition without its claim where the person has put it in words that say something else."""
    if not known.edited or known.claim is None or known.claim.object in known.text.casefold():
        return known
    return dataclasses.replace(known, claim=None)


def _best_first(candidates: Sequence[Candidate], taught: Learned, moment: Moment) -> list[Candidate]:
    """Return the candidates by what speaking gains, so that the budget goes to the best."""
    return sorted(candidates, key=lambda one: (-gain(one, taught.p_useful(features_of(one, moment))), one.key))
