"""What the program offers to do, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from gum.api import cursors, views
from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.suggest.digest import digest as gathered
from gum.suggest.triage import OBSERVER, Triage
from gum.wire import (
    DigestView,
    DismissIn,
    Moment,
    NotificationsView,
    Page,
    PreviewView,
    ProjectResults,
    RefineIn,
    SnoozeIn,
    StepView,
    SuggestionView,
)

router = APIRouter(tags=["suggestions"])

Id = Annotated[int, Path(ge=1, le=2**62)]
NEWEST = "-created_at"
State = Literal["shown", "snoozed", "silent", "accepted", "dismissed", "expired", "undone"]


@router.get("/suggestions", dependencies=[require(Scope.READ)])
def suggestions(
    behind: Behind,
    *,
    status: Annotated[list[State], Query()] = [],  # noqa: B006 - FastAPI copies it
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[SuggestionView]:
    """Suggestions, newest first; 'silent' ones are those that were held back, with the reason."""
    after = cursors.place(cursor, NEWEST) if cursor else None
    kept = behind.store.suggestions.list(tuple(status) or None, limit + 1, after)
    last = kept[limit - 1] if len(kept) > limit else None
    following = cursors.behind(NEWEST, last.created_at, last.id) if last else None
    return Page(items=[views.suggestion(behind.store, one) for one in kept[:limit]], next=following)


@router.get("/suggestions/{id}", dependencies=[require(Scope.READ)])
def suggestion(behind: Behind, id: Id) -> SuggestionView:
    """One suggestion."""
    return views.suggestion(behind.store, behind.store.suggestions.get(id))


@router.get("/suggestions/{id}/preview", dependencies=[require(Scope.READ)])
def preview(behind: Behind, id: Id) -> PreviewView:
    """What accepting would do; nothing is done."""
    return PreviewView.model_validate(behind.suggesting.preview(id))


@router.get("/suggestions/{id}/progress", dependencies=[require(Scope.READ)])
def progress(behind: Behind, id: Id) -> StepView:
    """What is being done for it just now, while it is carried out or written anew; empty when nothing is."""
    behind.store.suggestions.get(id)
    step = behind.suggesting.doing.now(id)
    return StepView(step=step.words, share=step.share) if step else StepView()


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


@router.post("/suggestions/{id}/snooze", dependencies=[require(Scope.VERDICT)])
def snooze(behind: Behind, id: Id, body: SnoozeIn) -> SuggestionView:
    """Put it off."""
    minutes = behind.config.suggest.snooze_minutes
    behind.suggesting.snooze(id, body.until or behind.clock() + timedelta(minutes=minutes))
    return suggestion(behind, id)


@router.post("/suggestions/{id}/not-this-kind", dependencies=[require(Scope.VERDICT)])
def not_this_kind(behind: Behind, id: Id) -> SuggestionView:
    """Turn it down with all others of its kind."""
    behind.suggesting.dismiss(id, "not this kind", "kind")
    return suggestion(behind, id)


@router.post("/suggestions/{id}/undo", dependencies=[require(Scope.VERDICT)])
def undo(behind: Behind, id: Id) -> SuggestionView:
    """Take back the last version of what was made, and with the first all that accepting did."""
    behind.suggesting.undo(id)
    return suggestion(behind, id)


@router.post("/suggestions/{id}/refine", dependencies=[require(Scope.VERDICT)])
def refine(behind: Behind, id: Id, body: RefineIn) -> SuggestionView:
    """Have a model write the text of what was made anew; each version is kept, and undo takes back the last."""
    behind.suggesting.refine(id, body.wish)
    return suggestion(behind, id)


@router.get("/results", dependencies=[require(Scope.READ)])
def results(behind: Behind) -> list[ProjectResults]:
    """What accepted suggestions made, by project."""
    found = behind.suggesting.results()
    return [
        ProjectResults(project=project, results=[views.suggestion(behind.store, one) for one in found[project]])
        for project in sorted(found)
    ]


@router.get("/digest", dependencies=[require(Scope.READ)])
def digest(behind: Behind) -> DigestView:
    """What waits for the person: open suggestions, those held back by the moment, results, notifications."""
    now = behind.clock()
    made = gathered(behind.store, now, now.astimezone(behind.suggesting.present.zone()))
    return DigestView(
        since=made.since,
        made_at=made.made_at,
        line=made.line,
        open=[views.suggestion(behind.store, one) for one in made.open],
        held_back=[views.suggestion(behind.store, one) for one in made.held_back],
        done=[views.suggestion(behind.store, one) for one in made.done],
        notifications=views.notifications(behind.store, made.notifications),
    )


@router.get("/notifications", dependencies=[require(Scope.READ)])
def notifications(behind: Behind, since: Annotated[Moment | None, Query()] = None) -> NotificationsView:
    """Notifications of other programs, what matters most first, each with the reason."""
    now = behind.clock()
    local = now.astimezone(behind.suggesting.present.zone())
    begin = since or local.replace(hour=0, minute=0, second=0, microsecond=0)
    found = Triage(behind.store).since(begin, now + timedelta(seconds=1))
    off = OBSERVER not in behind.config.capture.observers and not behind.config.suggest.hold_notifications
    return NotificationsView(
        since=begin,
        items=views.notifications(behind.store, found),
        note=f"Notifications are not observed; add {OBSERVER!r} to capture.observers." if off else "",
    )
