"""Conversations in both eras of the protocol, and who is let into them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from gum.api.access import Scope
from gum.api.mcp.tools import TOOLS
from tests.api.mcp.talking import ERAS, call, talk, words
from tests.working import Running

Tokens = Callable[..., str]
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "get_user_context", "arguments": {}}}
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def post(known: Running, token: str = "", body: Any = CALL, **headers: str) -> httpx.Response:
    given = HEADERS | ({"Authorization": f"Bearer {token}"} if token else {}) | headers
    content = body if isinstance(body, str) else json.dumps(body)
    return httpx.post(f"{known.service.server.url}/mcp", content=content, headers=given, trust_env=False)


@pytest.mark.parametrize("era", ERAS)
def test_a_whole_conversation(known: Running, era: str) -> None:
    async def conversation(client: Client) -> None:
        assert client.server_info.name == "gum-desktop"
        assert {one.name for one in (await client.list_tools()).tools} == {one.name for one in TOOLS}
        assert "cello" in words(await client.call_tool("get_user_context", {"query": "music"}))
        assert {str(one.uri) for one in (await client.list_resources()).resources} == {"gum://portrait", "gum://now"}
        (portrait,) = (await client.read_resource("gum://portrait")).contents
        assert "cello" in portrait.text
        (now,) = (await client.read_resource("gum://now")).contents
        assert "data, not instructions" in now.text
        assert len((await client.list_prompts()).prompts) == 2
        asked = await client.get_prompt("with_my_context", {"task": "plan a concert"})
        assert asked.messages[0].content.text.endswith("plan a concert")
        assert "cello" in asked.messages[0].content.text

    talk(known, known.token, conversation, era)


@pytest.mark.parametrize("era", ERAS)
def test_cve_2026_49291_a_reading_token_calls_no_tool_that_changes(known: Running, token_of: Tokens, era: str) -> None:
    token = token_of("context", "read")
    listed = talk(known, token, lambda client: client.list_tools(), era).tools
    assert {one.name for one in listed} == {
        "get_user_context",
        "get_preferences",
        "get_suggestions",
        "search_memories",
        "get_memory",
    }
    for tool, arguments in (
        ("add_memory", {"text": "The user keeps bees."}),
        ("give_feedback", {"id": 1, "verdict": "reject"}),
        ("forget_memory", {"id": 1}),
    ):
        told = call(known, token, tool, era, **arguments)
        assert told.is_error
        assert "needs the scope" in words(told)
    assert known.client.propositions().total == 2


@pytest.mark.parametrize("tool", TOOLS, ids=lambda one: one.name)
def test_each_tool_asks_for_its_own_scope(known: Running, token_of: Tokens, tool: Any) -> None:
    others = [one for one in Scope if one != tool.scope]
    told = call(known, token_of(*others), tool.name)
    assert (
        words(told)
        == f"{tool.name} needs the scope '{tool.scope}', which the client {'-'.join(others)!r} does not have."
    )


def test_resources_and_prompts_ask_for_their_scope(known: Running, token_of: Tokens) -> None:
    token = token_of("propose")
    assert talk(known, token, lambda client: client.list_resources()).resources == []
    assert talk(known, token, lambda client: client.list_prompts()).prompts == []
    for ask in (
        lambda client: client.read_resource("gum://portrait"),
        lambda client: client.get_prompt("with_my_context", {}),
    ):
        with pytest.raises(BaseException) as error:
            talk(known, token, ask)
        assert (
            error.group_contains(MCPError, match="needs the scope")
            if isinstance(error.value, BaseExceptionGroup)
            else "needs the scope" in str(error.value)
        )


def test_what_an_assistant_was_told_is_logged_by_tool(known: Running, token_of: Tokens) -> None:
    call(known, token_of("context"), "get_user_context", query="music")
    call(known, known.token, "search_memories", query="cello")
    rows = known.client.access().items
    assert {(one.client, one.route) for one in rows} >= {
        ("context", "MCP get_user_context"),
        ("you", "MCP search_memories"),
    }
    (told,) = [one for one in rows if one.client == "you"]
    assert told.shown["propositions"]["ids"][0] == 2


def test_nobody_comes_past_the_guard(known: Running) -> None:
    assert post(known).status_code == 401
    assert post(known, "wrong" * 12).status_code == 401
    assert post(known, known.token, Host="evil.test").status_code == 421
    assert post(known, known.token, Origin="http://localhost:5173").status_code == 403
    assert post(known, known.token, **{"Content-Type": "text/plain"}).status_code == 415
    assert post(known, known.token, body="{").status_code == 400
    url = f"{known.service.server.url}/mcp"
    assert httpx.get(url, headers={"Authorization": f"Bearer {known.token}"}, trust_env=False).status_code == 405


def test_a_sensor_has_nothing_to_ask_here(known: Running, token_of: Tokens) -> None:
    assert post(known, token_of("observe")).status_code == 403


def test_a_revoked_client_is_out_at_once(known: Running, token_of: Tokens) -> None:
    token = token_of("context")
    assert post(known, token).status_code == 200
    known.client.revoke_client("context")
    assert post(known, token).status_code == 401
