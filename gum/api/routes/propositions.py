"""What is believed about the person, and their verdicts on it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime, Field

from gum.api import cursors, views
from gum.api.access import Asking, Caller, Scope, require
from gum.api.backend import Behind
from gum.api.versions import Change, etag, told
from gum.infer import related as infer_related
from gum.records import Durability, Kind, Status, Theme, Trust
from gum.store import PropositionQuery, SearchQuery
from gum.wire import (
    EditIn,
    NoteIn,
    Page,
    PinIn,
    PropositionDetail,
    PropositionIn,
    PropositionView,
    RelatedView,
    UndoIn,
)

router = APIRouter(tags=["propositions"])

Sort = Literal["probability", "-probability", "first_seen", "-first_seen", "last_supported", "-last_supported"]
Words = Annotated[str, Query(max_length=2000)]
Id = Annotated[int, Path(ge=1, le=2**62)]
Named = Annotated[int, Field(ge=1, le=2**62)]


@router.get("/propositions", dependencies=[require(Scope.READ, limited=True)])
def propositions(
    behind: Behind,
    asking: Asking,
    *,
    query: Words = "",
    id: Annotated[list[Named], Query(max_length=200, description="Only these.")] = [],  # noqa: B006
    status: Annotated[list[Status], Query()] = [],  # noqa: B006 - FastAPI copies it
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    theme: Annotated[list[Theme], Query()] = [],  # noqa: B006
    durability: Annotated[list[Durability], Query()] = [],  # noqa: B006
    trust: Annotated[list[Trust], Query()] = [],  # noqa: B006
    engine: Annotated[str | None, Query(max_length=200)] = None,
    sensitive: Annotated[bool, Query(description="Only what is of a sensitive category.")] = False,
    since: Annotated[AwareDatetime | None, Query(description="Supported at this time or later.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="First seen before this time.")] = None,
    observation: Annotated[Named | None, Query(description="With evidence from this observation.")] = None,
    episode: Annotated[Named | None, Query(description="With evidence from this episode.")] = None,
    min_probability: Annotated[float, Query(ge=0, le=1)] = 0.0,
    sort: Sort = "-probability",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    offset: Annotated[int | None, Query(ge=0, le=2**40, description="Start at this row, in place of a cursor.")] = None,
) -> Page[PropositionView]:
    """Propositions, filtered and sorted; with a query the best matches first."""
    wanted = PropositionQuery(
        ids=tuple(id),
        statuses=tuple(status),
        kinds=tuple(kind),
        themes=tuple(theme),
        durabilities=tuple(durability),
        trusts=tuple(trust),
        engine=engine,
        only_sensitive=sensitive,
        since=since,
        until=until,
        observation=observation,
        episode=episode,
        min_probability=min_probability,
        sort=sort,
        limit=limit + 1,
        offset=offset or 0,
        after=cursors.place(cursor, sort) if cursor and offset is None else None,
    )
    narrow = asking.limits.narrow(wanted, behind.clock())
    if narrow is None:
        return Page(items=[], total=0)
    if query:
        return _matches(behind, asking, query, narrow, limit)
    total = behind.store.propositions.count(narrow)
    found = behind.store.propositions.list(narrow)
    last = found[limit - 1] if len(found) > limit else None
    following = cursors.behind(sort, getattr(last, sort.removeprefix("-")), last.id) if last else None
    return Page(items=views.told(asking, found[:limit]), next=following, total=total)


def _matches(behind: Behind, asking: Caller, query: str, wanted: PropositionQuery, limit: int) -> Page[PropositionView]:
    """Search gives its best matches only: one page, no further ones."""
    hits = behind.store.search(SearchQuery(query, limit, **wanted.named()))
    return Page(items=views.told(asking, (hit.proposition for hit in hits)), total=len(hits))


@router.get("/propositions/engines", dependencies=[require(Scope.READ)])
def engines(behind: Behind) -> list[str]:
    """The engines and versions that made a proposition."""
    return list(behind.store.propositions.engines())


@router.get("/propositions/{id}/related", dependencies=[require(Scope.READ)])
def related(behind: Behind, id: Id) -> list[RelatedView]:
    """What speaks against it, and what is about the same thing or near to it in meaning."""
    return [
        RelatedView(proposition=views.proposition(one.proposition), relation=one.relation)
        for one in infer_related.related(behind.store, id)
    ]


@router.get("/propositions/{id}", dependencies=[require(Scope.READ, limited=True)])
def proposition(behind: Behind, asking: Asking, response: Response, id: Id) -> PropositionDetail:
    """One proposition with its evidence, history and verdicts; for a caller with limits the proposition alone."""
    return told(behind, asking, response, id)


@router.post("/propositions", status_code=201, dependencies=[require(Scope.PROPOSE, limited=True)])
def add(behind: Behind, asking: Asking, response: Response, body: PropositionIn) -> PropositionDetail:
    """State something in the person's name; what a client adds is a candidate until the person confirms it."""
    if asking.is_person:
        return told(behind, asking, response, behind.review.add(body.text).id)
    made = behind.propose(body.text, asking.name)
    response.headers["ETag"] = etag(made)
    view = views.in_part(views.proposition(made))
    return PropositionDetail(proposition=view, evidence=[], revisions=[], verdicts=[])


@router.post("/propositions/{id}/confirm", dependencies=[require(Scope.VERDICT, limited=True)])
def confirm(behind: Behind, changing: Change, id: Id, body: NoteIn) -> PropositionDetail:
    """It is true."""
    with changing.of(id, vouches=True):
        behind.review.confirm(id, changing.note(body.note), body.asked)
    return changing.told(id)


@router.post("/propositions/{id}/reject", dependencies=[require(Scope.VERDICT, limited=True)])
def reject(behind: Behind, changing: Change, id: Id, body: NoteIn) -> PropositionDetail:
    """It is false; the same evidence does not bring it back."""
    with changing.of(id):
        behind.review.reject(id, changing.note(body.note), body.asked)
    return changing.told(id)


@router.post("/propositions/{id}/edit", dependencies=[require(Scope.VERDICT, limited=True)])
def edit(behind: Behind, changing: Change, id: Id, body: EditIn) -> PropositionDetail:
    """It is so, in the person's own words."""
    with changing.of(id, vouches=True):
        behind.review.edit(id, body.text, changing.note(body.note))
    return changing.told(id)


@router.post("/propositions/{id}/pin", dependencies=[require(Scope.VERDICT, limited=True)])
def pin(behind: Behind, changing: Change, id: Id, body: PinIn) -> PropositionDetail:
    """Keep it on top, or no longer."""
    with changing.of(id, vouches=body.on):
        behind.review.pin(id, body.on)
    return changing.told(id)


@router.post("/propositions/{id}/undo", dependencies=[require(Scope.VERDICT, limited=True)])
def undo(behind: Behind, changing: Change, id: Id, body: UndoIn) -> PropositionDetail:
    """Take back the person's last change, or the one that is named, which may be an engine's."""
    with changing.of(id):
        behind.review.undo(id, body.change)
    return changing.told(id)


@router.post("/propositions/{id}/never", dependencies=[require(Scope.VERDICT, limited=True)])
def never(behind: Behind, changing: Change, id: Id) -> PropositionDetail:
    """Reject it and never infer anything like it again."""
    with changing.of(id):
        behind.review.never_infer(id, changing.note())
    return changing.told(id)
