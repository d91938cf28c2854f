"""Candidates of a model: from what is believed and what the person wrote themselves, never from what others wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gum.infer.rescore import HIDDEN_BELOW
from gum.protocols import EpisodeContext, Reasoner
from gum.records import Candidate, Observation, Proposition, Status, Trust
from gum.store import Store
from gum.store.proposition_query import PropositionQuery
from gum.suggest.gate import holds

_LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)
_OWN = (Trust.STATED, Trust.TYPED, Trust.DOCUMENT)
_TRUSTED = (*_OWN, Trust.SYSTEM)
MOST = 5


def imagined(store: Store, engine: Reasoner, now: datetime) -> list[Candidate]:
    """Return at most five candidates of an engine; none without an episode or a trusted belief.

    Raises EngineError and StoreError.
    """
    episode = store.episodes.last()
    query = PropositionQuery(statuses=_LIVE, min_probability=HIDDEN_BELOW)
    known = [one for one in store.propositions.list(query) if one.trust in _TRUSTED and holds(one, now)]
    if episode is None or not known:
        return []
    context = EpisodeContext(
        episode=episode,
        observations=_own(store.observations.of_episode(episode.id)),
        history=(),
        earlier=lambda id: _own(store.observations.of_episode(id)),
        neighbours=(),
        now=now,
    )
    return _grounded(engine.suggest(context, known), known)[:MOST]


def _own(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    return tuple(one for one in observations if one.trust in _OWN)


def _grounded(offers: Sequence[Candidate], known: Sequence[Proposition]) -> list[Candidate]:
    """Return the offers that rest on something, and on nothing but what the engine was told."""
    told = {one.id for one in known}
    return [one for one in offers if one.propositions and told.issuperset(one.propositions)]
