"""From one episode to changed propositions: propose, verify, audit, relate, revise.

Everything that may take long or fail, the engine's work, is done before the one transaction that writes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gum.config import Config
from gum.infer.audit import HELD, AllowedCategories, Auditor, Ruling
from gum.infer.foresight import foresee
from gum.infer.quotes import verified
from gum.infer.relate import Related, Relater, by_code, neighbours, relate
from gum.infer.rescore import rescore
from gum.infer.revise import Grounded, Reviser, decide
from gum.infer.steps import ALL, Steps
from gum.infer.trust import NAMING, borrowed, trust_of
from gum.perceive.contacts import without_contacts
from gum.protocols import EpisodeContext, Reasoner
from gum.records import PREDICATES, Claim, Draft, Episode, InferenceState, Observation, Proposition, Quote, Relation
from gum.store import PropositionQuery, SearchQuery, Store

LONGEST_TEXT = 400
KNOWN_TO_ENGINE = 12
MOST_STATEMENTS = 12
_LATEST = 100


@dataclass(slots=True)
class _Plan:
    """What drafts amount to before anything is written; `dropped` counts drafts by reason.

    `newest` is the last proposition that there was when the drafts were compared with what is known.
    """

    grounded: list[tuple[Grounded, list[Related]]]
    rulings: list[tuple[Grounded, Ruling]]
    dropped: list[str]
    newest: int


class Inference:
    """Infers from episodes with one engine.

    A model is given episodes in a row at once, with what `counting` states of them as context.
    """

    def __init__(
        self, store: Store, engine: Reasoner, config: Config, counting: Reasoner | None = None, steps: Steps = ALL
    ) -> None:
        self._store = store
        self._engine = engine
        self._config = config
        self._counting = counting
        self._steps = steps
        self._auditor = Auditor(store, engine, AllowedCategories(store, config.infer.allow_sensitive))

    def infer(self, *episode_ids: int, images: int = 0) -> list[int]:
        """Infer from episodes, all in one transaction; return the propositions that changed.

        `images` is how many the engine may be shown.  Doing it again adds nothing that is there already.  Raises
        EngineError or whatever else a foreign engine raises, NotFoundError for an unknown episode and StoreError; then
        nothing was changed.
        """
        while (changed := self._infer(episode_ids, images)) is None:
            pass  # something was forgotten while the engine worked on it
        return changed

    def _infer(self, episode_ids: Sequence[int], images: int) -> list[int] | None:
        generation = self._store.forgotten.generation
        episodes = sorted((self._store.episodes.get(id) for id in episode_ids), key=lambda one: one.started_at)
        context = self._context(episodes, images)
        plan = self._plan(context, self._engine.propose(context))
        with self._store.transaction():
            if self._store.forgotten.generation != generation:
                return None
            reviser = Reviser(self._store, self._engine.author)
            changed = self._write(episodes[-1], plan, reviser)
            last = self._store.observations.last()
            at = max(episodes[-1].ended_at, last.until if last else episodes[-1].ended_at)
            rescore(self._store, at, changed)
            rescore(self._store, at, reviser.close_replaced())
            for id in episode_ids:
                self._store.episodes.set_state(id, InferenceState.INFERRED)
        return changed

    def _context(self, episodes: Sequence[Episode], images: int) -> EpisodeContext:
        last = episodes[-1]
        subjects = dict.fromkeys(f"{one.document} {one.topic}".strip() for one in episodes)
        near = SearchQuery(text=" ".join(subjects), limit=KNOWN_TO_ENGINE)
        context = EpisodeContext(
            episode=last,
            observations=tuple(seen for one in episodes for seen in self._store.observations.of_episode(one.id)),
            history=tuple(self._store.episodes.before(episodes[0].started_at, self._config.infer.history_days)),
            earlier=self._store.observations.of_episode,
            neighbours=tuple(hit.proposition for hit in self._store.search(near)),
            now=last.ended_at,
            user_name=self._config.person.name,
            episodes=tuple(episodes) if len(episodes) > 1 else (),
            frame=self._store.frames.get,
            images=images,
        )
        return dataclasses.replace(context, statements=self._statements(context, episodes))

    def _statements(self, context: EpisodeContext, episodes: Sequence[Episode]) -> tuple[str, ...]:
        """Return what counting states of the same episodes, each once, with its counts."""
        if self._counting is None:
            return ()
        stated: dict[str, str] = {}
        history = list(context.history)
        for episode in episodes:
            own = tuple(seen for seen in context.observations if seen.episode == episode.id)
            before = dataclasses.replace(
                context, episode=episode, episodes=(), observations=own, history=tuple(history), now=episode.ended_at
            )
            stated |= {one.text: f"{one.text} {one.reasoning}".strip() for one in self._counting.propose(before)}
            history.append(episode)
        return tuple(stated.values())[-MOST_STATEMENTS:]

    def _plan(self, context: EpisodeContext, drafts: Sequence[Draft]) -> _Plan:
        plan = _Plan([], [], [], self._newest())
        found = [self._ground(context, draft) for draft in drafts]
        take_drops = getattr(self._engine, "take_drops", list)
        plan.dropped = [*take_drops(), *(reason for reason in found if isinstance(reason, str))]
        known = [one for one in found if isinstance(one, Grounded) and not self._buried(one.draft)]
        kept = []
        for one, ruling in zip(known, self._auditor.rule(known), strict=True):
            if ruling is not None:
                plan.rulings.append((one, ruling))
            if ruling is None or ruling.decision != HELD:
                kept.append(dataclasses.replace(one, sensitivity=ruling.category if ruling else ""))
        near = [neighbours(self._store, one.draft) if self._steps.retrieve else [] for one in kept]
        relater = foresee(self._engine, self._open_pairs(kept, near))
        for one, several in zip(kept, near, strict=True):
            self._relate(plan, one, several, relater)
        return plan

    def _open_pairs(
        self, drafts: Sequence[Grounded], near: Sequence[Sequence[Proposition]]
    ) -> list[tuple[Draft, list[Proposition]]]:
        """Return each draft with what code cannot relate it to: what is known, and the drafts before it."""
        made = [one.proposition(self._engine.author) for one in drafts]
        return [
            (one.draft, [known for known in (*several, *made[:place]) if by_code(one.draft, known) is None])
            for place, (one, several) in enumerate(zip(drafts, near, strict=True))
        ]

    def _buried(self, draft: Draft) -> bool:
        return self._store.tombstones.covers(draft.text, draft.claim)

    def _relate(self, plan: _Plan, grounded: Grounded, known: Sequence[Proposition], relater: Relater) -> None:
        """Add a draft with its relations to the plan, or join it with a draft before it that says the same."""
        before = {-number: one for number, (one, _) in enumerate(plan.grounded, start=1)}
        provisional = [one.proposition(self._engine.author, id) for id, one in before.items()]
        related = relate(relater, grounded.draft, [*known, *provisional])
        if not self._steps.revise:
            related = [one for one in related if one.relation is Relation.SAME]
            if any(one.proposition.id > 0 for one in related):
                return
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
        if draft.claim is not None and not _fits(draft.claim, draft.text, context.observations):
            draft = dataclasses.replace(draft, claim=None)
        quoted = self._quoted(context, draft.quotes)
        real = [
            (quote.text, self._weighed(context, draft, quote, quoted[quote.observation]))
            for quote in draft.quotes
            if verified(quote, quoted)
        ]
        if not real:
            return "a draft without a quote that really occurs was dropped"
        return Grounded(self._without_contacts(draft), tuple(dict.fromkeys(real)))

    def _without_contacts(self, draft: Draft) -> Draft:
        """Return the draft without the addresses and numbers of other people; its quotes stay where they stand."""
        own = self._config.person.aliases
        claim = draft.claim
        if claim is not None:
            claim = dataclasses.replace(claim, object=without_contacts(claim.object, own))
        text, reasoning = (without_contacts(words, own) for words in (draft.text, draft.reasoning))
        return dataclasses.replace(draft, text=text, reasoning=reasoning, claim=claim)

    def _weighed(self, context: EpisodeContext, draft: Draft, quote: Quote, seen: Observation) -> Observation:
        """Return the observation with the trust that the quote has in it."""
        own = [one for one in context.observations if one.episode == seen.episode]
        around = own or self._store.observations.of_episode(seen.episode or 0)
        return dataclasses.replace(seen, trust=trust_of(quote.text, seen, draft.claim, around, draft.text))

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
        fresh = self._since(plan.newest)
        changed: dict[int, None] = {}
        for grounded, related in plan.grounded:
            # The person may have spoken since the plan was made.
            present = [self._present(one) for one in related] + _plainly_same(grounded.draft, fresh)
            changed |= dict.fromkeys(reviser.apply(grounded, decide(grounded.draft, present)))
        return list(changed)

    def _present(self, one: Related) -> Related:
        return Related(self._store.propositions.get(one.proposition.id), one.relation)

    def _newest(self) -> int:
        newest = self._store.propositions.list(PropositionQuery(sort="-id", limit=1))
        return newest[0].id if newest else 0

    def _since(self, newest: int) -> list[Proposition]:
        """Return what another engine, or the person, has stated since."""
        if self._newest() == newest:
            return []
        latest = self._store.propositions.list(PropositionQuery(sort="-id", limit=_LATEST))
        return [one for one in latest if one.id > newest]


def _plainly_same(draft: Draft, fresh: Iterable[Proposition]) -> list[Related]:
    return [Related(one, Relation.SAME) for one in fresh if by_code(draft, one) is Relation.SAME]


def _fits(claim: Claim, text: str, around: Sequence[Observation]) -> bool:
    """Return whether a claim is one that we know, of something, and of a sentence that no page has put before us."""
    known = claim.predicate in PREDICATES and bool(claim.object.strip())
    return known and not (claim.predicate in NAMING and borrowed(text, claim, around))
