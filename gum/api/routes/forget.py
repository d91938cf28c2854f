"""Forgetting, retention and encryption."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query

from gum.api.access import Scope, require
from gum.api.backend import Backend, Behind
from gum.errors import ConflictError
from gum.forget.retention import REASONS
from gum.forget.selection import Selection
from gum.store.encryption import envelope
from gum.wire import (
    EncryptionStatus,
    ForgetIn,
    ForgetPreview,
    ForgetRequest,
    Forgotten,
    LimitView,
    RemovedView,
    RetentionStatus,
)

if TYPE_CHECKING:
    from gum.forget.forgetting import Preview
    from gum.store.forgotten import Forgetting

router = APIRouter(tags=["forgetting"])

SHOWN_DAYS = 30


@router.post("/forget/preview", dependencies=[require(Scope.WRITE)])
def preview(behind: Behind, body: ForgetIn) -> ForgetPreview:
    """What forgetting would take away; nothing is changed."""
    found = behind.forgetter.preview(_selection(behind, body))
    return ForgetPreview(
        counts=found.counts,
        titles=list(found.titles),
        propositions=list(found.propositions),
        exports=[str(one) for one in found.exports],
        left=[str(one) for one in found.left],
        alone=dict(found.alone),
    )


@router.post("/forget", status_code=201, dependencies=[require(Scope.WRITE)])
def forget(behind: Behind, body: ForgetRequest) -> Forgotten:
    """Forget what is named.  It is gone from every answer at once, from the disk when its time to be undone ends."""
    window = None if body.undo_minutes is None else timedelta(minutes=body.undo_minutes)
    done, found = behind.forget(_selection(behind, body.selection), now=body.now, window=window)
    return _forgotten(done, found)


@router.get("/forget", dependencies=[require(Scope.WRITE)])
def forgotten(behind: Behind, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[Forgotten]:
    """What was forgotten, newest first."""
    return [_forgotten(one) for one in behind.forgetter.list()[:limit]]


@router.post("/forget/{id}/undo", dependencies=[require(Scope.WRITE)])
def undo(behind: Behind, id: int) -> Forgotten:
    """Bring back what was forgotten, with its ids and history."""
    return _forgotten(behind.forgetter.undo(id))


@router.get("/retention", dependencies=[require(Scope.READ, limited=True)])
def retention(behind: Behind) -> RetentionStatus:
    """How long things are kept, how much room they take, and what was removed."""
    kept = behind.retention
    used = kept.used()
    since = (behind.clock() - timedelta(days=SHOWN_DAYS)).astimezone().date()
    return RetentionStatus(
        limits=[LimitView(what=one.what, days=one.days) for one in kept.policy()],
        budget_bytes=kept.budget,
        used_bytes={"frames": used.frames, "database": used.database, "index": used.index},
        removed=[
            RemovedView(day=one.day.isoformat(), what=one.what, reason=one.reason, count=one.count)
            for one in behind.store.ledger.between(since)
            if one.reason in REASONS
        ],
        last_run=kept.last,
        over=kept.over,
        undo_hours=kept.undo_hours,
    )


@router.get("/encryption", dependencies=[require(Scope.READ, limited=True)])
def encryption(behind: Behind) -> EncryptionStatus:
    """Whether what is kept lies encrypted on the disk."""
    found = envelope.read(behind.store.home)
    if not behind.store.encrypted or found is None:
        return EncryptionStatus(encrypted=False, database="plain", frames="plain", index=behind.store.index.place)
    return EncryptionStatus(
        encrypted=True,
        held_by=found.kind,
        database="SQLCipher, AES-256",
        frames="AES-256-GCM",
        index=behind.store.index.place,
    )


def _selection(behind: Backend, body: ForgetIn) -> Selection:
    named = body.model_dump(exclude={"last_minutes"})
    if body.last_minutes is not None:
        if body.since is not None or body.until is not None:
            raise ConflictError("Name either the last minutes, or a start and an end.")
        named["since"] = behind.clock() - timedelta(minutes=body.last_minutes)
    return Selection(**named)


def _forgotten(done: Forgetting, found: Preview | None = None) -> Forgotten:
    return Forgotten(
        id=done.id,
        at=done.at,
        erase_at=done.erase_at,
        state=done.state,
        selection=done.selection,
        counts=done.counts,
        exports=tuple(str(one) for one in found.exports) if found else (),
        left=tuple(str(one) for one in found.left) if found else (),
    )
