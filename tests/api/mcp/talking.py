"""The official client, in either era of the protocol, over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.working import Running

Value = TypeVar("Value")
#: The handshake of before, and the one that asks for each request alone.
ERAS = {"legacy": "2025-11-25", "auto": "2026-07-28"}


def talk(now: Running, token: str, say: Callable[[Client], Awaitable[Value]], era: str = "auto") -> Value:
    """Hold one conversation over HTTP with a token, and return what it brought."""

    async def conversation() -> Value:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx2.AsyncClient(headers=headers, trust_env=False) as http:
            transport = streamable_http_client(f"{now.service.server.url}/mcp", http_client=http)
            async with Client(transport, mode=era) as client:
                assert client.protocol_version == ERAS[era]
                return await say(client)

    return anyio.run(conversation)


def call(now: Running, token: str, tool: str, era: str = "auto", **arguments: Any) -> Any:
    """Call one tool and return its result."""
    return talk(now, token, lambda client: client.call_tool(tool, arguments), era)


def words(result: Any) -> str:
    """Return the text of a result."""
    return "\n".join(one.text for one in result.content)
