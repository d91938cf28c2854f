"""Candidates of a model: from what is believed and what the person wrote themselves, never from what others wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from gum.protocols import EpisodeContext, Reasoner
from gum.records import LIVE, Candidate, Observation, Proposition, Trust
from gum.store import Store
from gum.store.proposition_query import HIDDEN_BELOW, PropositionQuery
from gum.suggest.gate import holds
from gum.suggest.plain import literal, without_new_addresses

_OWN = (Trust.STATED, Trust.TYPED, Trust.DOCUMENT)
_TRUSTED = (*_OWN, Trust.SYSTEM)
MOST = 5
_MOST_SOURCES = 12


def imagined(store: Store, engine: Reasoner, now: datetime) -> list[Candidate]:
    """Return at most five candidates of an engine; none without an episode or a trusted belief.

    Raises EngineError and StoreError.
    """
    episode = store.episodes.last()
    query = PropositionQuery(statuses=LIVE, min_probability=HIDDEN_BELOW)
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
    offers = _grounded(engine.suggest(context, known), known)[:MOST]
    return [_with_sources(one, known, context.observations) for one in offers]


def _own(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    return tuple(one for one in observations if one.trust in _OWN)


def _grounded(offers: Sequence[Candidate], known: Sequence[Proposition]) -> list[Candidate]:
    """Return the offers that rest on something, and on nothing but what the engine was told."""
    told = {one.id for one in known}
    return [one for one in offers if one.propositions and told.issuperset(one.propositions)]


def _with_sources(offer: Candidate, known: Sequence[Proposition], seen: Sequence[Observation]) -> Candidate:
    """Return a note that says from what it was written, without addresses that stood in none of it."""
    note = offer.payload.get("markdown")
    if not isinstance(note, str):
        return offer
    rests_on = [one.text for one in known if one.id in offer.propositions]
    told = "\n".join([*rests_on, *(f"{one.url} {one.text}" for one in seen)])
    places = dict.fromkeys(one.title for one in seen if one.title)
    lines = [f"- {literal(one)}" for one in (*rests_on, *places)][:_MOST_SOURCES]
    text = without_new_addresses(note, told).rstrip()
    return dataclasses.replace(
        offer, payload=offer.payload | {"markdown": "\n".join([text, "", "Written by a model from:", "", *lines, ""])}
    )
