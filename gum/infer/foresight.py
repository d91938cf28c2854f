"""All drafts of a sitting related at once: one question to a model instead of one for each draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gum.errors import EngineError
from gum.infer.relate import Relater
from gum.records import Draft, Proposition, Relation

#: More pairs than these would make the question longer than its answer is worth; the nearest come first.
MOST_KNOWN = 24


class Foreseen:
    """Stands in for an engine that relates many drafts in one call, and tells what it said one draft at a time."""

    def __init__(self, engine: Relater, said: Mapping[tuple[str, str], Relation]) -> None:
        self.name = engine.name
        self._said = said

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Return what the engine said of each pair; a pair that it was not asked about is unrelated."""
        return [self._said.get((draft.text, one.text), Relation.UNRELATED) for one in neighbours]


def foresee(engine: Relater, asked: Sequence[tuple[Draft, Sequence[Proposition]]]) -> Relater:
    """Return what answers `relate`: the engine itself, or its answers to all pairs where it can give them at once.

    Raises EngineError when the answers do not fit the question.
    """
    relate_all: Any = getattr(engine, "relate_all", None)
    if relate_all is None:
        return engine
    pairs = _nearest([(draft, list(known)) for draft, known in asked if known])
    if not pairs:
        return Foreseen(engine, {})
    drafts, known = [draft for draft, _ in pairs], [several for _, several in pairs]
    answers = relate_all(drafts, known)
    if [len(one) for one in answers] != [len(one) for one in known]:
        raise EngineError(f"The engine {engine.name!r} did not relate every proposition that it was asked about.")
    said = {
        (draft.text, one.text): Relation(relation)
        for (draft, several), relations in zip(pairs, answers, strict=True)
        for one, relation in zip(several, relations, strict=True)
    }
    return Foreseen(engine, said)


def _nearest(pairs: list[tuple[Draft, list[Proposition]]]) -> list[tuple[Draft, list[Proposition]]]:
    """Return the pairs with so few known propositions in all that one question holds them."""
    kept: dict[str, None] = {}
    for rank in range(max((len(known) for _, known in pairs), default=0)):
        for _, known in pairs:
            if rank < len(known) and len(kept) < MOST_KNOWN:
                kept[known[rank].text] = None
    narrowed = [(draft, [one for one in known if one.text in kept]) for draft, known in pairs]
    return [(draft, known) for draft, known in narrowed if known]
