"""What the program offers to do, and what became of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from gum.api import views
from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.wire import DismissIn, PreviewView, SuggestionView

router = APIRouter(tags=["suggestions"])

Id = Annotated[int, Path(ge=1, le=2**62)]
State = Literal["shown", "silent", "accepted", "dismissed", "expired", "undone"]


@router.get("/suggestions", dependencies=[require(Scope.READ)])
def suggestions(
    behind: Behind,
    *,
    status: Annotated[list[State], Query()] = [],  # noqa: B006 - FastAPI copies it
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> list[SuggestionView]:
    """Suggestions, newest first; 'silent' ones are those that were held back, with the reason."""
    kept = behind.store.suggestions.list(tuple(status) or None, limit)
    return [views.suggestion(behind.store, one) for one in kept]


@router.get("/suggestions/{id}", dependencies=[require(Scope.READ)])
def suggestion(behind: Behind, id: Id) -> SuggestionView:
    """One suggestion."""
    return views.suggestion(behind.store, behind.store.suggestions.get(id))


@router.get("/suggestions/{id}/preview", dependencies=[require(Scope.READ)])
def preview(behind: Behind, id: Id) -> PreviewView:
    """What accepting would do; nothing is done."""
    return PreviewView.model_validate(behind.suggesting.preview(id))


@router.post("/suggestions/{id}/accept", dependencies=[require(Scope.VERDICT)])
def accept(behind: Behind, id: Id) -> SuggestionView:
    """Carry it out."""
    behind.suggesting.accept(id)
    return suggestion(behind, id)


@router.post("/suggestions/{id}/dismiss", dependencies=[require(Scope.VERDICT)])
def dismiss(behind: Behind, id: Id, body: DismissIn) -> SuggestionView:
    """Turn it down."""
    behind.suggesting.dismiss(id, body.reason)
    return suggestion(behind, id)


@router.post("/suggestions/{id}/undo", dependencies=[require(Scope.VERDICT)])
def undo(behind: Behind, id: Id) -> SuggestionView:
    """Take back what accepting did."""
    behind.suggesting.undo(id)
    return suggestion(behind, id)
