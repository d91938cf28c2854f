"""Records as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from gum.records import Evidence, Hit, Observation, Proposition, Suggestion
from gum.suggest.results import places
from gum.suggest.triage import Triaged
from gum.wire import (
    EvidenceView,
    HitView,
    NotificationView,
    PropositionDetail,
    PropositionView,
    RevisionView,
    SuggestionView,
    VerdictView,
)

if TYPE_CHECKING:
    from gum.api.access import Caller
    from gum.store import Store
    from gum.store.notices import NoticeState


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
        rival=piece.rival,
        app=seen.app,
        title=seen.title,
        url=seen.url,
        frame=seen.frame,
    )


def in_part(view: PropositionView) -> PropositionView:
    """Return what a caller with limits is told: not the reasoning, which may repeat what was on screen."""
    return view.model_copy(update={"reasoning": ""})


def detail_in_part(detail: PropositionDetail) -> PropositionDetail:
    """Return a detail for a caller with limits: without quotes, and without a history that may be outside of them."""
    return PropositionDetail(proposition=in_part(detail.proposition), evidence=[], revisions=[], verdicts=[])


def told(asking: Caller, records: Iterable[Proposition]) -> list[PropositionView]:
    """Return propositions that are within the caller's limits already."""
    kept = propositions(records)
    return kept if asking.limits.none else [in_part(one) for one in kept]


def hits(asking: Caller, found: Sequence[Hit]) -> list[HitView]:
    """Return hits that are within the caller's limits already."""
    kept = told(asking, [hit.proposition for hit in found])
    return [
        HitView(proposition=view, score=hit.score, arms=list(hit.arms)) for view, hit in zip(kept, found, strict=True)
    ]


def suggestion(store: Store, record: Suggestion) -> SuggestionView:
    """Return a suggestion; while it stands accepted, with the full paths of what it wrote."""
    view = SuggestionView.model_validate(record)
    if record.status != "accepted":
        return view
    found = places(store.home.output, record.action, record.result)
    return view.model_copy(update={"files": [str(one) for one in found]})


def notifications(store: Store, records: Sequence[Triaged]) -> list[NotificationView]:
    states = store.notices.of_observations([one.notification.id for one in records])
    return [_notification(one, states.get(one.notification.id, "")) for one in records]


def _notification(record: Triaged, state: Literal["", NoticeState]) -> NotificationView:
    seen = record.notification
    return NotificationView(
        id=seen.id,
        at=seen.captured_at,
        app=seen.app,
        summary=seen.title,
        body=seen.text,
        rank=record.rank,
        score=record.score,
        reason=record.reason,
        propositions=list(record.propositions),
        state=state,
    )
