"""What is believed about the person, and their verdicts on it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from gum.api import cursors, views
from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.records import Kind, Status, Theme
from gum.store import PropositionQuery, SearchQuery
from gum.wire import Answer, EditIn, HitView, NoteIn, Page, PinIn, PropositionDetail, PropositionIn, PropositionView
from gum.wire import QuestionIn as Question
from gum.wire import UndoIn

router = APIRouter(tags=["propositions"])

Sort = Literal["probability", "-probability", "first_seen", "-first_seen", "last_supported", "-last_supported"]
Words = Annotated[str, Query(max_length=2000)]


@router.get("/propositions", dependencies=[require(Scope.READ)])
def propositions(
    behind: Behind,
    *,
    query: Words = "",
    status: Annotated[list[Status], Query()] = [],  # noqa: B006 - FastAPI copies it
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    theme: Annotated[list[Theme], Query()] = [],  # noqa: B006
    min_probability: Annotated[float, Query(ge=0, le=1)] = 0.0,
    sort: Sort = "-probability",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[PropositionView]:
    """Propositions, filtered and sorted; with a query the best matches first."""
    start = cursors.offset(cursor)
    wanted = PropositionQuery(
        statuses=tuple(status),
        kinds=tuple(kind),
        themes=tuple(theme),
        min_probability=min_probability,
        sort=sort,
        limit=limit,
        offset=start,
    )
    if query:
        return _matches(behind, query, wanted, limit)
    total = behind.store.propositions.count(wanted)
    found = behind.store.propositions.list(wanted)
    following = str(start + limit) if start + limit < total else None
    return Page(items=views.propositions(found), next=following, total=total)


def _matches(behind: Behind, query: str, wanted: PropositionQuery, limit: int) -> Page[PropositionView]:
    """Search gives its best matches only: one page, no further ones."""
    hits = behind.store.search(
        SearchQuery(
            text=query,
            limit=limit,
            statuses=wanted.statuses,
            kinds=wanted.kinds,
            themes=wanted.themes,
            min_probability=wanted.min_probability,
        )
    )
    return Page(items=views.propositions(hit.proposition for hit in hits), total=len(hits))


@router.get("/propositions/{id}", dependencies=[require(Scope.READ)])
def proposition(behind: Behind, id: int) -> PropositionDetail:
    """One proposition with its evidence, history and verdicts."""
    return views.detail(behind.store, id)


@router.post("/propositions", status_code=201, dependencies=[require(Scope.PROPOSE, limited=True)])
def add(behind: Behind, body: PropositionIn) -> PropositionDetail:
    """State something in the person's name."""
    return views.detail(behind.store, behind.review.add(body.text).id)


@router.post("/propositions/{id}/confirm", dependencies=[require(Scope.VERDICT)])
def confirm(behind: Behind, id: int, body: NoteIn) -> PropositionDetail:
    """It is true."""
    behind.review.confirm(id, body.note, body.asked)
    return views.detail(behind.store, id)


@router.post("/propositions/{id}/reject", dependencies=[require(Scope.VERDICT)])
def reject(behind: Behind, id: int, body: NoteIn) -> PropositionDetail:
    """It is false; the same evidence does not bring it back."""
    behind.review.reject(id, body.note, body.asked)
    return views.detail(behind.store, id)


@router.post("/propositions/{id}/edit", dependencies=[require(Scope.VERDICT)])
def edit(behind: Behind, id: int, body: EditIn) -> PropositionDetail:
    """It is so, in the person's own words."""
    behind.review.edit(id, body.text, body.note)
    return views.detail(behind.store, id)


@router.post("/propositions/{id}/pin", dependencies=[require(Scope.VERDICT)])
def pin(behind: Behind, id: int, body: PinIn) -> PropositionDetail:
    """Keep it on top, or no longer."""
    behind.review.pin(id, body.on)
    return views.detail(behind.store, id)


@router.post("/propositions/{id}/undo", dependencies=[require(Scope.VERDICT)])
def undo(behind: Behind, id: int, body: UndoIn) -> PropositionDetail:
    """Take back the person's last change, or the one that is named, which may be an engine's."""
    behind.review.undo(id, body.change)
    return views.detail(behind.store, id)


@router.post("/propositions/{id}/never", dependencies=[require(Scope.VERDICT)])
def never(behind: Behind, id: int) -> PropositionDetail:
    """Reject it and never infer anything like it again."""
    behind.review.never_infer(id)
    return views.detail(behind.store, id)


@router.get("/search", dependencies=[require(Scope.READ)])
def search(behind: Behind, query: Words, limit: Annotated[int, Query(ge=1, le=100)] = 10) -> list[HitView]:
    """The propositions nearest to a query, best first."""
    return views.hits(behind.store.search(SearchQuery(text=query, limit=limit)))


@router.post("/ask", dependencies=[require(Scope.READ)])
def ask(behind: Behind, body: Question) -> Answer:
    """The engine's answer to a question, from what is believed."""
    return behind.ask(body.question, body.limit)
