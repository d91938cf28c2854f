"""Search over what is believed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from gum.api import views
from gum.api.access import Asking, Caller, Scope, require
from gum.api.backend import Backend, Behind
from gum.errors import ConflictError
from gum.records import LIVE, Hit, Kind, Status, Theme
from gum.store import SearchQuery
from gum.store.proposition_query import HIDDEN_BELOW
from gum.store.search.query import Rerank
from gum.wire import HitView

router = APIRouter(tags=["propositions"])

Words = Annotated[str, Query(max_length=2000)]
Moment = Annotated[datetime | None, Query(description="ISO 8601 with its offset from UTC")]


@router.get("/search", dependencies=[require(Scope.READ, limited=True)])
def search(
    behind: Behind,
    asking: Asking,
    *,
    query: Words,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    since: Moment = None,
    until: Moment = None,
    as_of: Annotated[datetime | None, Query(description="Answer with what was believed at this instant")] = None,
    min_probability: Annotated[float, Query(ge=0, le=1, description="0 finds what has almost no support too")] = (
        HIDDEN_BELOW
    ),
    status: Annotated[list[Status], Query()] = list(LIVE),  # noqa: B006 - FastAPI copies it
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    theme: Annotated[list[Theme], Query()] = [],  # noqa: B006
    diversity: bool = True,
    recency: bool = True,
    rerank: Annotated[bool, Query(description="Let the engine have the last word on the order, where it can")] = False,
) -> list[HitView]:
    """The propositions nearest to a query, best first."""
    wanted = SearchQuery(
        text=query,
        limit=limit,
        since=since,
        until=until,
        as_of=as_of,
        min_probability=min_probability,
        statuses=tuple(status),
        kinds=tuple(kind),
        themes=tuple(theme),
        diversity=diversity,
        recency=recency,
        rerank=_reranker(behind) if rerank else None,
    )
    narrow = asking.limits.narrow(wanted, behind.clock())
    return views.hits(asking, _allowed(behind, asking, behind.store.search(narrow))) if narrow else []


def _reranker(behind: Backend) -> Rerank:
    if behind.reranker is None:
        raise ConflictError("The engine in use cannot rerank; leave 'rerank' out.")
    return behind.reranker


def _allowed(behind: Backend, asking: Caller, hits: list[Hit]) -> list[Hit]:
    """Return the hits that are within the caller's limits as they are now, whatever they were at another instant."""
    if asking.limits.none:
        return hits
    now, present = behind.clock(), behind.store.propositions.many([hit.proposition.id for hit in hits])
    return [hit for hit in hits if asking.limits.allow(present[hit.proposition.id], now)]
