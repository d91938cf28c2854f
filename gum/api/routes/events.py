"""What happened, as it happens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.api.events.stream import Listener, stream
from gum.wire import EventKind

router = APIRouter(tags=["events"])

EXAMPLE = 'id: 1f2e3d4c-17\nevent: proposition\ndata: {"kind":"proposition","id":5,"change":"changed","at":"..."}\n\n'


@router.get(
    "/events",
    dependencies=[require(Scope.READ, limited=True)],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}, "example": EXAMPLE}}}},
)
async def events(
    request: Request,
    behind: Behind,
    asking: Asking,
    kind: Annotated[list[EventKind], Query()] = [],  # noqa: B006 - FastAPI copies it
    last_event_id: Annotated[str, Header(max_length=100, description="Where the last stream ended.")] = "",
) -> StreamingResponse:
    """Server-sent events: which records were added, changed or removed, by id, and the daemon's verdict.

    With `Last-Event-ID` nothing since is missed; where that cannot be promised (the daemon restarted, or more than ten
    thousand events passed) the first event is `reset`, and what was read before must be read again.
    """
    listener = Listener(asking, last_event_id, frozenset(kind))
    state = request.app.state
    return StreamingResponse(
        stream(state.watcher.ring, behind, state.keys, listener),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
