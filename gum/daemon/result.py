"""What a replay brought, as one document whose keys other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gum.api import views
from gum.records import LIVE, Proposition
from gum.store import PropositionQuery, Store
from gum.store.proposition_query import HIDDEN_BELOW
from gum.wire import EpisodeView, ObservationView, PropositionDetail

if TYPE_CHECKING:
    from gum.client import Client
    from gum.daemon.agent import Agent

PAGE = 500


def document(
    observations: Iterable[ObservationView], episodes: Iterable[EpisodeView], details: Iterable[PropositionDetail]
) -> dict[str, Any]:
    """Return the document; `time` is when something was seen, `observation` the id of one of the observations."""
    return {
        "observations": [
            {
                "id": one.id,
                "time": one.captured_at.isoformat(),
                "kind": one.kind,
                "app": one.app,
                "title": one.title,
                "url": one.url,
                "text": one.text,
            }
            for one in observations
        ],
        "episodes": [one.model_dump(mode="json") for one in episodes],
        "propositions": [_proposition(one) for one in details],
    }


def _proposition(detail: PropositionDetail) -> dict[str, Any]:
    kept = detail.proposition.model_dump(mode="json")
    evidence = [
        {"observation": one.observation, "quote": one.quote, "stance": str(one.stance), "at": one.at.isoformat()}
        for one in detail.evidence
    ]
    return kept | {"evidence": evidence}


def believed(store: Store) -> list[Proposition]:
    """Return what is held to be true and shown without being asked for, the most probable first."""
    return store.propositions.list(PropositionQuery(statuses=LIVE, min_probability=HIDDEN_BELOW))


def of_agent(agent: Agent, prefix: str) -> dict[str, Any]:
    """Return what came from the captures whose `source` begins with the prefix, read from the store."""
    store = agent.store
    seen = [one for one in store.observations.between(None, None) if one.source.startswith(prefix)]
    within = {one.episode for one in seen}
    details = [views.detail(store, one.id) for one in believed(store)]
    return document(
        [ObservationView.model_validate(one) for one in seen],
        [EpisodeView.model_validate(one) for one in store.episodes.between(None, None) if one.id in within],
        _resting_on(details, {one.id for one in seen}),
    )


def of_daemon(client: Client, prefix: str) -> dict[str, Any]:
    """Return the same, asked from a running daemon."""
    seen = [one for one in _observations(client) if one.source.startswith(prefix)]
    within = {one.episode for one in seen}
    episodes = client.episodes(seen[0].captured_at, seen[-1].until) if seen else []
    details = [client.proposition(id) for id in _propositions(client)]
    return document(seen, [one for one in episodes if one.id in within], _resting_on(details, {one.id for one in seen}))


def _resting_on(details: Sequence[PropositionDetail], seen: set[int]) -> list[PropositionDetail]:
    """Return those that rest on one of the observations at least, the most probable first."""
    return [one for one in details if any(piece.observation in seen for piece in one.evidence)]


def _observations(client: Client) -> Iterable[ObservationView]:
    cursor: str | None = None
    while True:
        page = client.observations(limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _propositions(client: Client) -> Iterable[int]:
    cursor: str | None = None
    while True:
        page = client.propositions(status=LIVE, min_probability=HIDDEN_BELOW, limit=PAGE, cursor=cursor)
        yield from (one.id for one in page.items)
        cursor = page.next
        if cursor is None:
            return
