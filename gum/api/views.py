"""Records as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gum.records import Evidence, Hit, Observation, Proposition
from gum.wire import (
    EvidenceView,
    HitView,
    PropositionDetail,
    PropositionView,
    RevisionView,
    VerdictView,
)

if TYPE_CHECKING:
    from gum.store import Store


def proposition(record: Proposition) -> PropositionView:
    return PropositionView.model_validate(record)


def propositions(records: Iterable[Proposition]) -> list[PropositionView]:
    return [proposition(record) for record in records]


def detail(store: Store, id: int) -> PropositionDetail:
    """Return a proposition with its evidence, history and verdicts.  Raises NotFoundError."""
    kept = store.propositions.get(id)
    evidence = store.propositions.evidence(id)
    seen = {one.id: one for one in store.observations.many([piece.observation for piece in evidence])}
    return PropositionDetail(
        proposition=proposition(kept),
        evidence=[_evidence(piece, seen[piece.observation]) for piece in evidence],
        revisions=[RevisionView.model_validate(one) for one in store.propositions.revisions(id)],
        verdicts=[VerdictView.model_validate(one) for one in store.verdicts.list("proposition", id)],
    )


def _evidence(piece: Evidence, seen: Observation) -> EvidenceView:
    return EvidenceView(
        id=piece.id,
        observation=piece.observation,
        episode=piece.episode,
        stance=piece.stance,
        quote=piece.quote,
        weight=piece.weight,
        trust=piece.trust,
        at=piece.at,
        engine=piece.engine,
        app=seen.app,
        title=seen.title,
        url=seen.url,
        frame=seen.frame,
    )


def hits(found: Sequence[Hit]) -> list[HitView]:
    return [HitView(proposition=proposition(hit.proposition), score=hit.score, arms=list(hit.arms)) for hit in found]
