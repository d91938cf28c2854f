"""Status, pause and resume."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.errors import ConflictError
from gum.wire import DaemonStatus, PauseIn

router = APIRouter(tags=["daemon"])


@router.get("/status", dependencies=[require(Scope.READ, limited=True)])
def status(behind: Behind) -> DaemonStatus:
    """Whether the daemon does what it should, and if not, why."""
    return behind.status()


@router.post("/pause", dependencies=[require(Scope.WRITE, limited=True)])
def pause(behind: Behind, body: PauseIn) -> DaemonStatus:
    """Stop seeing for some minutes, until an instant, or until resumed."""
    until = body.until
    if body.minutes is not None:
        until = behind.clock() + timedelta(minutes=body.minutes)
    if until is not None and until <= behind.clock():
        raise ConflictError("The pause would end before it begins.")
    behind.pause(until)
    return behind.status()


@router.post("/resume", dependencies=[require(Scope.WRITE, limited=True)])
def resume(behind: Behind) -> DaemonStatus:
    """See again."""
    behind.resume()
    return behind.status()
