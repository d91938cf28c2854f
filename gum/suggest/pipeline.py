"""Suggestions from discovery to undo.  Nothing is done before the person accepts."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from gum import clock
from gum.config import Config
from gum.errors import ActionError, ConflictError
from gum.infer.rescore import HIDDEN_BELOW
from gum.protocols import Action, Embedder, Situation, Suggester
from gum.records import Candidate, Outcome, Preview, Proposition, Stance, Status, Suggestion, Verdict
from gum.store import Store
from gum.store.proposition_query import PropositionQuery
from gum.suggest.feedback import scope_of
from gum.suggest.gate import Decision, Gate, gain, holds
from gum.suggest.learning import NOT_ANSWERED, Learned, features_of, learned
from gum.suggest.likeness import Likeness
from gum.suggest.moment import Moment
from gum.suggest.present import Present

log = logging.getLogger(__name__)

_LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)
# How far back suggesters see episodes.
_RECENT_DAYS = 7.0
_VERDICTS = {"accepted": "accept", "dismissed": "dismiss", "undone": "undo"}


class Suggesting:
    """Offers suggestions and carries out the accepted ones below `folder`, each action in a folder of its own."""

    def __init__(
        self,
        store: Store,
        suggesters: Mapping[str, Suggester],
        actions: Mapping[str, Action],
        config: Config,
        folder: Path,
        now: clock.Clock = clock.now,
        embedder: Embedder | None = None,
    ) -> None:
        self._store = store
        self._suggesters = suggesters
        self._actions = actions
        self._settings = config.suggest
        self._folder = folder
        self._now = now
        self._likeness = Likeness(embedder) if embedder is not None else None
        self.present = Present(store, config.suggest)
        self._acting = threading.Lock()

    def discover(self, now: datetime) -> list[Suggestion]:
        """Ask every suggester, decide on each candidate and record the decision; return what is newly shown.

        Suggestions whose time or ground is gone are withdrawn first.
        """
        self.withdraw(now)
        generation = self._store.forgotten.generation
        candidates = self._candidates(now)
        shown = []
        with self._store.transaction():
            if self._store.forgotten.generation != generation:  # they may tell what was forgotten meanwhile
                return []
            earlier = {one.key: one for one in self._store.suggestions.list()}
            taught = learned(earlier.values())
            gate = Gate(self._settings, frozenset(self._actions), earlier, taught, self._likeness)
            moment = self.present.moment(now)
            for candidate in _best_first(candidates, taught, moment):
                known = earlier.get(candidate.key)
                if known is not None and known.status != "silent":
                    continue
                decision = self._decide(gate, candidate, moment)
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

    def withdraw(self, now: datetime) -> None:
        """Let what is shown expire when its time or its ground is gone."""
        with self._store.transaction():  # what is accepted meanwhile must not expire
            for one in self._store.suggestions.list(["shown"]):
                if one.expires_at is not None and one.expires_at <= now:
                    self._store.suggestions.set_status(one.id, "expired", {"reason": NOT_ANSWERED})
                elif not all(holds(known, now) for known in self._rests_on(one.propositions)):
                    reason = "what it rests on no longer holds"
                    self._store.suggestions.set_status(one.id, "expired", {"reason": reason})

    def preview(self, id: int) -> Preview:
        """Return what accepting would do.  Raises NotFoundError and ActionError."""
        suggestion = self._store.suggestions.get(id)
        return self._action(suggestion).preview(suggestion.payload)

    def accept(self, id: int) -> Suggestion:
        """Carry a shown suggestion out.  Raises NotFoundError, ConflictError when it is not open, ActionError."""
        with self._acting:
            self.withdraw(self._now())
            suggestion = self._in_status(id, "shown", "accepted")
            action, folder = self._action(suggestion), self._folder_of(suggestion)
            outcome = action.perform(suggestion.payload, folder)
            try:
                return self._answered(
                    suggestion, "accepted", "", {"summary": outcome.summary, "files": list(outcome.files)}
                )
            except BaseException:
                action.undo(outcome, folder)  # what is not recorded could never be undone
                raise

    def dismiss(self, id: int, reason: str = "", scope: str = "") -> Suggestion:
        """Turn a shown suggestion down; `scope` says what of it ('kind', 'subject', 'time'), else the reason's words.

        Raises NotFoundError and ConflictError.
        """
        with self._acting:
            result: dict[str, object] = {"reason": reason, "scope": scope or scope_of(reason)}
            return self._answered(self._in_status(id, "shown", "dismissed"), "dismissed", reason, result)

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

    def undo(self, id: int) -> Suggestion:
        """Take back what an accepted suggestion did.

        Raises NotFoundError, ConflictError when it was not accepted, ActionError when a file was changed since.
        """
        with self._acting:
            suggestion = self._in_status(id, "accepted", "undone")
            outcome = Outcome(suggestion.result["summary"], tuple(suggestion.result["files"]))
            self._action(suggestion).undo(outcome, self._folder_of(suggestion))
            return self._answered(suggestion, "undone", "", suggestion.result)

    def _candidates(self, now: datetime) -> list[Candidate]:
        situation = self._situation(now)
        found: list[Candidate] = []
        for name, suggester in self._suggesters.items():
            try:
                found += suggester.candidates(situation)
            except Exception as error:  # noqa: BLE001  (a suggester is a plug-in; the others go on)
                log.warning("the suggester %s failed: %s", name, type(error).__name__)
                self._store.failures.note(f"suggester {name}", f"It failed ({type(error).__name__}).")
        return found

    def _situation(self, now: datetime) -> Situation:
        query = PropositionQuery(statuses=_LIVE, min_probability=HIDDEN_BELOW)
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

    def _decide(self, gate: Gate, candidate: Candidate, moment: Moment) -> Decision:
        decision = gate.decide(candidate, self._rests_on(candidate.propositions), moment)
        if decision.speak:
            try:
                self._actions[candidate.action].preview(candidate.payload)
            except ActionError as error:
                return Decision(False, f"its action cannot do it: {error}", decision.numbers)
        return decision

    def _rests_on(self, ids: Sequence[int]) -> list[Proposition]:
        return list(self._store.propositions.many(sorted(set(ids))).values())

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

    def _in_status(self, id: int, status: str, wanted: str) -> Suggestion:
        suggestion = self._store.suggestions.get(id)
        if suggestion.status != status:
            raise ConflictError(f"Suggestion {id} is {suggestion.status}, so it cannot be {wanted}.")
        return suggestion

    def _answered(self, suggestion: Suggestion, status: str, note: str, result: dict[str, object]) -> Suggestion:
        p = suggestion.decision.get("p")
        with self._store.transaction():
            self._store.verdicts.add(Verdict("suggestion", suggestion.id, _VERDICTS[status], note, self._now(), p))
            return self._store.suggestions.set_status(suggestion.id, status, result)

    def _action(self, suggestion: Suggestion) -> Action:
        if suggestion.action not in self._actions:
            raise ActionError(f"There is no action {suggestion.action!r} any more.")
        return self._actions[suggestion.action]

    def _folder_of(self, suggestion: Suggestion) -> Path:
        return self._folder / suggestion.action


def _as_said(known: Proposition) -> Proposition:
    """Return a proposition without its claim where the person has put it in words that say something else."""
    if not known.edited or known.claim is None or known.claim.object in known.text.casefold():
        return known
    return dataclasses.replace(known, claim=None)


def _best_first(candidates: Sequence[Candidate], taught: Learned, moment: Moment) -> list[Candidate]:
    """Return the candidates by what speaking gains, so that the budget goes to the best."""
    return sorted(candidates, key=lambda one: (-gain(one, taught.p_useful(features_of(one, moment))), one.key))
