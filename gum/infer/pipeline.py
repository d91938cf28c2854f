"""From one episode to changed propositions: propose, verify, audit, relate, revise.

Everything that may take long or fail, the engine's work, is done before the one transaction that writes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gum.config import Config
from gum.infer.audit import HELD, AllowedCategories, Auditor, Ruling
from gum.infer.quotes import verified
from gum.infer.relate import Related, neighbours, relate
from gum.infer.rescore import rescore
from gum.infer.revise import Grounded, Reviser, decide
from gum.infer.trust import trust_of
from gum.protocols import EpisodeContext, Reasoner
from gum.records import PREDICATES, Draft, Episode, InferenceState, Observation, Quote, Relation
from gum.store import SearchQuery, Store

LONGEST_TEXT = 400
KNOWN_TO_ENGINE = 12


@dataclass(slots=True)
class _Plan:
    """What one episode's drafts amount to before anything is written; `dropped` counts drafts by reason."""

    grounded: list[tuple[Grounded, list[Related]]]
    rulings: list[tuple[Grounded, Ruling]]
    dropped: list[str]


class Inference:
    """Infers from episodes with one engine."""

    def __init__(self, store: Store, engine: Reasoner, config: Config) -> None:
        self._store = store
        self._engine = engine
        self._config = config
        self._auditor = Auditor(store, engine, AllowedCategories(store, config.infer.allow_sensitive))

    def infer(self, episode_id: int) -> list[int]:
        """Infer from an episode, in one transaction; return the propositions that changed.

        Doing it again adds nothing that is there already.  Raises EngineError or whatever else a foreign
        engine raises, NotFoundError for an unknown episode and StoreError; then nothing was changed.
        """
        episode = self._store.episodes.get(episode_id)
        context = self._context(episode)
        plan = self._plan(context, self._engine.propose(context))
        with self._store.transaction():
            reviser = Reviser(self._store, self._engine.author)
            changed = self._write(episode, plan, reviser)
            last = self._store.observations.last()
            at = max(episode.ended_at, last.until if last else episode.ended_at)
            rescore(self._store, at, changed)
            rescore(self._store, at, reviser.close_replaced())
            self._store.episodes.set_state(episode_id, InferenceState.INFERRED)
        return changed

    def _context(self, episode: Episode) -> EpisodeContext:
        observations = self._store.observations.of_episode(episode.id)
        near = SearchQuery(text=f"{episode.document} {episode.topic}".strip(), limit=KNOWN_TO_ENGINE)
        return EpisodeContext(
            episode=episode,
            observations=tuple(observations),
            history=tuple(self._store.episodes.before(episode.started_at, self._config.infer.history_days)),
            earlier=self._store.observations.of_episode,
            neighbours=tuple(hit.proposition for hit in self._store.search(near)),
            now=episode.ended_at,
            user_name=self._config.person.name,
        )

    def _plan(self, context: EpisodeContext, drafts: Sequence[Draft]) -> _Plan:
        plan = _Plan([], [], [])
        found = [self._ground(context, draft) for draft in drafts]
        plan.dropped = [reason for reason in found if isinstance(reason, str)]
        known = [one for one in found if isinstance(one, Grounded) and not self._buried(one.draft)]
        for one, ruling in zip(known, self._auditor.rule(known), strict=True):
            if ruling is not None:
                plan.rulings.append((one, ruling))
            if ruling is None or ruling.decision != HELD:
                self._relate(plan, dataclasses.replace(one, sensitivity=ruling.category if ruling else ""))
        return plan

    def _buried(self, draft: Draft) -> bool:
        return self._store.tombstones.covers(draft.text, draft.claim)

    def _relate(self, plan: _Plan, grounded: Grounded) -> None:
        """Add a draft with its relations to the plan, or join it with a draft before it that says the same."""
        before = {-number: one for number, (one, _) in enumerate(plan.grounded, start=1)}
        provisional = [one.proposition(self._engine.author, id) for id, one in before.items()]
        known = neighbours(self._store, grounded.draft)
        related = relate(self._engine, grounded.draft, [*known, *provisional])
        twin = next((one for one in related if one.proposition.id < 0 and one.relation is Relation.SAME), None)
        if twin is None or before[twin.proposition.id].draft.stance is not grounded.draft.stance:
            plan.grounded.append((grounded, [one for one in related if one.proposition.id > 0]))
            return
        position = -twin.proposition.id - 1
        first, relations = plan.grounded[position]
        plan.grounded[position] = (first.joined(grounded), relations)

    def _ground(self, context: EpisodeContext, draft: Draft) -> Grounded | str:
        """Return the draft with the observations that it really quotes, or why it is dropped."""
        if not draft.text.strip() or len(draft.text) > LONGEST_TEXT:
            return "a draft without a text of a proposition's length was dropped"
        if draft.claim is not None and (draft.claim.predicate not in PREDICATES or not draft.claim.object.strip()):
            draft = dataclasses.replace(draft, claim=None)
        quoted = self._quoted(context, draft.quotes)
        real = [
            (quote.text, self._weighed(context, draft, quote, quoted[quote.observation]))
            for quote in draft.quotes
            if verified(quote, quoted)
        ]
        if not real:
            return "a draft without a quote that really occurs was dropped"
        return Grounded(draft, tuple(dict.fromkeys(real)))

    def _weighed(self, context: EpisodeContext, draft: Draft, quote: Quote, seen: Observation) -> Observation:
        """Return the observation with the trust that the quote has in it."""
        own = seen.episode in (None, context.episode.id)
        around = context.observations if own else self._store.observations.of_episode(seen.episode or 0)
        return dataclasses.replace(seen, trust=trust_of(quote.text, seen, draft.claim, around))

    def _quoted(self, context: EpisodeContext, quotes: Iterable[Quote]) -> dict[int, Observation]:
        """Return the observations that are quoted, as far as they were before the engine's eyes."""
        found = {one.id: one for one in context.observations}
        others = {quote.observation for quote in quotes} - set(found)
        shown = {id for episode in context.history for id in episode.observations}
        found |= {one.id: one for one in self._store.observations.many(sorted(others & shown))}
        return {id: one for id, one in found.items() if one.episode is not None}

    def _write(self, episode: Episode, plan: _Plan, reviser: Reviser) -> list[int]:
        for reason in plan.dropped:
            self._store.failures.note(f"engine {self._engine.name}", reason)
        for one, ruling in plan.rulings:
            self._auditor.log(episode, one, ruling)
        changed: dict[int, None] = {}
        for grounded, related in plan.grounded:
            # The person may have spoken since the plan was made.
            present = [self._present(one) for one in related]
            changed |= dict.fromkeys(reviser.apply(grounded, decide(grounded.draft, present)))
        return list(changed)

    def _present(self, one: Related) -> Related:
        return Related(self._store.propositions.get(one.proposition.id), one.relation)
