"""/mcp: streamable HTTP without sessions, every answer one JSON document; behind the same guard as every route.

The SDK is loaded when the first assistant asks, and is not among what an idle daemon holds.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gum.api.access import Scope, require

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from starlette.types import Receive, Send

    from gum.api.backend import Backend

router = APIRouter(include_in_schema=False)

USED = (Scope.CONTEXT, Scope.READ, Scope.PROPOSE, Scope.VERDICT, Scope.WRITE)


@router.post("/mcp", dependencies=[require(*USED, limited=True)])
async def mcp(request: Request) -> Response:
    """Let the SDK answer one message; who asks is known, and each tool asks for its own scope."""
    state = request.app.state
    manager = getattr(state, "mcp", None)
    if manager is None:
        loading = state.mcp_loading = getattr(state, "mcp_loading", None) or asyncio.Lock()
        async with loading:
            manager = getattr(state, "mcp", None) or await _started(state)
    return _Handed(manager)


class _Handed(Response):
    """An answer that the SDK writes itself."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        super().__init__()
        self._manager = manager

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        await self._manager.handle_request(scope, receive, send)


async def _started(state: Any) -> StreamableHTTPSessionManager:
    """Make the SDK's manager, and let it run in a task of its own until the event loop ends."""
    manager = await run_in_threadpool(_built, state.backend)
    ready = asyncio.Event()
    state.mcp_task = asyncio.create_task(_run(manager, ready), name="mcp")
    await ready.wait()
    state.mcp = manager
    return manager


def _built(behind: Backend) -> StreamableHTTPSessionManager:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from gum.api.mcp.server import build

    return StreamableHTTPSessionManager(build(behind), json_response=True, stateless=True)


async def _run(manager: StreamableHTTPSessionManager, ready: asyncio.Event) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        async with manager.run():
            ready.set()
            await asyncio.Event().wait()
