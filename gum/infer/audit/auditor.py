"""The audit of one episode's drafts: the rules, the engine's own eye, and the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gum.errors import EngineError
from gum.infer.audit.allowed import AllowedCategories
from gum.infer.audit.judging import HELD, REFUSALS_TO_HOLD, Norms, Ruling, judge
from gum.infer.audit.matters import matters_of, to_fields
from gum.infer.revise import Grounded
from gum.protocols import Auditing, Reasoner
from gum.records import Draft, Episode, Quote
from gum.store import Store
from gum.store.audit import ALLOWED, REFUSED, AuditDecision


class Auditor:
    """Rules on drafts in the name of one engine; an engine that offers `audit` is asked too, and the stricter holds."""

    def __init__(self, store: Store, engine: Reasoner, allowed: AllowedCategories) -> None:
        self._store = store
        self._engine = engine
        self._allowed = allowed

    def rule(self, drafts: Sequence[Grounded]) -> list[Ruling | None]:
        """Return the ruling on each draft, None where nothing is sensitive.

        Raises EngineError when the engine's answer does not fit the question.
        """
        seen_by_engine = self._by_engine([one.draft for one in drafts])
        categories, refused = self._allowed.all(), self._refused_from()
        return [
            judge(one.draft, one.quotes, Norms(categories, self._answer(one.draft), refused), by_engine)
            for one, by_engine in zip(drafts, seen_by_engine, strict=True)
        ]

    def log(self, episode: Episode, one: Grounded, ruling: Ruling, proposition: int | None = None) -> None:
        """Keep a decision once for each matter; call it inside the transaction that writes."""
        if not ruling.kept:
            self._count(episode, one.draft, ruling)
            return
        matters = matters_of(self._store, one.draft)
        quotes = [Quote(seen.id, words) for words, seen in one.quotes]
        earlier = [known for known in self._store.audit.of_matters(matters) if known.category == ruling.category]
        waiting = next((known for known in earlier if known.state == HELD), None)
        if ruling.decision == HELD and waiting is not None:
            self._store.audit.add_quotes(waiting.id, quotes)
        elif not any(known.state in (ruling.decision, _answered(ruling)) for known in earlier):
            held = ruling.decision == HELD
            made = AuditDecision(
                episode.id,
                ruling.category,
                ruling.decision,
                ruling.reason,
                to_fields(one.draft, self._engine.author) if held else {"kind": str(one.draft.kind)},
                episode.ended_at,
                flow=ruling.flow.recorded() if ruling.flow else {},
                matter=matters[0],
                proposition=proposition,
            )
            self._store.audit.add(made, quotes if held else ())

    def _count(self, episode: Episode, draft: Draft, ruling: Ruling) -> None:
        """Keep that something of the category came up in an episode, and nothing of what."""
        known = {(one.episode, one.category, one.draft.get("kind")) for one in self._store.audit.of_episode(episode.id)}
        if (episode.id, ruling.category, str(draft.kind)) not in known:
            shown = {"kind": str(draft.kind)}
            self._store.audit.add(
                AuditDecision(episode.id, ruling.category, ruling.decision, ruling.reason, shown, episode.ended_at)
            )

    def _by_engine(self, drafts: Sequence[Draft]) -> Sequence[Sequence[str]]:
        if not drafts or not isinstance(self._engine, Auditing):
            return [()] * len(drafts)
        answers = self._engine.audit(drafts)
        if len(answers) != len(drafts):
            raise EngineError(f"The engine {self._engine.name!r} judged {len(answers)} of {len(drafts)} drafts.")
        return answers

    def _answer(self, draft: Draft) -> str:
        """Return what the person answered to this matter before; a refusal outweighs."""
        answers = {one.answer for one in self._store.audit.of_matters(matters_of(self._store, draft))}
        return next((answer for answer in (REFUSED, ALLOWED) if answer in answers), "")

    def _refused_from(self) -> frozenset[tuple[str, str]]:
        """Return the categories of which the person refused what an application brought, and allowed nothing."""
        refused = Counter(_source(one) for one in self._store.audit.list(REFUSED))
        allowed = {_source(one) for one in self._store.audit.list(ALLOWED) if one.answer}
        return frozenset(key for key, count in refused.items() if count >= REFUSALS_TO_HOLD and key not in allowed)


def _source(one: AuditDecision) -> tuple[str, str]:
    return one.category, str(one.flow.get("app", ""))


def _answered(ruling: Ruling) -> str:
    return REFUSED if ruling.decision == HELD else ALLOWED
