"""What was seen: observations, episodes, coverage and frames."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime

from gum.api import cursors
from gum.api.access import Asking, Scope, require
from gum.api.backend import Backend, Behind
from gum.api.captures import CLIENT_TRUST, SENDER_TRUST, from_wire
from gum.wire import CaptureIn, CoverageView, EpisodeView, Ingested, ObservationView, Page

router = APIRouter(tags=["observations"])

OLDEST = "started_at"
DAY = timedelta(days=1)
LONG_AGO = timedelta(days=365 * 200)

Since = Annotated[AwareDatetime | None, Query(description="Start of the span; a day before its end when absent.")]
Until = Annotated[AwareDatetime | None, Query(description="End of the span; now when absent.")]


@router.get("/observations", dependencies=[require(Scope.READ)])
def observations(
    behind: Behind,
    *,
    since: Annotated[AwareDatetime | None, Query(description="Start of the span; the first one when absent.")] = None,
    until: Until = None,
    app: Annotated[str | None, Query(max_length=1000)] = None,
    episode: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[ObservationView]:
    """Observations in order of time."""
    if episode is not None:
        behind.store.episodes.get(episode)
        return Page(
            items=[ObservationView.model_validate(one) for one in behind.store.observations.of_episode(episode)]
        )
    end = until or behind.clock() + DAY
    after = cursors.moment(cursor) if cursor else None
    start = after.at if after else since or end - LONG_AGO
    kept = behind.store.observations.between(start, end, limit=limit + 1 + (after.seen if after else 0), app=app)
    rest = kept[after.seen :] if after else kept
    page = rest[:limit]
    following = cursors.following(page, after) if len(rest) > limit else None
    return Page(items=[ObservationView.model_validate(one) for one in page], next=following)


@router.get("/observations/{id}", dependencies=[require(Scope.READ)])
def observation(behind: Behind, id: Annotated[int, Path(ge=1, le=2**62)]) -> ObservationView:
    """One observation."""
    return ObservationView.model_validate(behind.store.observations.get(id))


@router.post("/observations", status_code=201, dependencies=[require(Scope.OBSERVE, limited=True)])
def add_observation(behind: Behind, asking: Asking, body: CaptureIn) -> Ingested:
    """Commit what one capture holds; sending the same `source` again changes nothing."""
    highest = SENDER_TRUST if asking.is_person else CLIENT_TRUST
    before = behind.store.observations.newest()
    kept = list(behind.ingest(from_wire(body, behind.clock, highest)))
    return Ingested(observations=kept, added=sum(id > before for id in kept))


@router.get("/episodes", dependencies=[require(Scope.READ)])
def episodes(
    behind: Behind,
    *,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[EpisodeView]:
    """The episodes that touch a span, oldest first."""
    start, end = _span(behind, since, until)
    after = cursors.place(cursor, OLDEST) if cursor else None
    found = behind.store.episodes.between(start, end, limit + 1, after)
    last = found[limit - 1] if len(found) > limit else None
    following = cursors.behind(OLDEST, last.started_at, last.id) if last else None
    return Page(items=[EpisodeView.model_validate(one) for one in found[:limit]], next=following)


@router.get("/coverage", dependencies=[require(Scope.READ, limited=True)])
def coverage(behind: Behind, since: Since = None, until: Until = None) -> list[CoverageView]:
    """What the observers did during a span, oldest first."""
    start, end = _span(behind, since, until)
    return [CoverageView.model_validate(one) for one in behind.store.coverage.between(start, end)]


@router.get(
    "/frames/{sha}",
    response_class=Response,
    responses={200: {"content": {"image/webp": {}}}},
    dependencies=[require(Scope.READ)],
)
def frame(behind: Behind, sha: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Response:
    """A kept frame, as WebP."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(behind.store.frames.get(sha), media_type="image/webp", headers=headers)


def _span(behind: Backend, since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    end = until or behind.clock()
    return since or end - DAY, end
