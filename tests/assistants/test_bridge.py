"""The official client over standard input and output, in both eras, on a running daemon."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client, StdioServerParameters

from gum.assistants import tokens
from gum.assistants.bridge import Bridge
from gum.daemon.lifecycle import connect
from gum.errors import DaemonAbsentError, RefusedError
from gum.paths import Home
from tests.working import Daemon, HandClock, Running, environment, running

Value = TypeVar("Value")
ERAS = {"legacy": "2025-11-25", "auto": "2026-07-28"}
LIST = {"jsonrpc": "2.0", "id": 7, "method": "tools/list"}


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "home", clock=HandClock()) as now:
        now.client.add_proposition("The user plays the cello.")
        yield now


def talk(home: Home, say: Callable[[Client], Awaitable[Value]], era: str, *options: str) -> Value:
    """Hold one conversation with `gumctl mcp` as an assistant starts it."""

    async def conversation() -> Value:
        arguments = ["-m", "gum", "mcp", *options]
        server = StdioServerParameters(command=sys.executable, args=arguments, env=environment(home))
        async with Client(server, mode=era) as client:
            assert client.protocol_version == ERAS[era]
            return await say(client)

    return anyio.run(conversation)


@pytest.mark.parametrize("era", ERAS)
def test_a_conversation_over_pipes(known: Running, era: str) -> None:
    async def conversation(client: Client) -> None:
        tools = {one.name for one in (await client.list_tools()).tools}
        assert tools == {"get_user_context", "get_preferences", "get_suggestions", "search_memories", "get_memory"}
        told = await client.call_tool("search_memories", {"query": "cello"})
        assert told.structured_content["memories"][0]["text"] == "The user plays the cello."
        (portrait,) = (await client.read_resource("gum://portrait")).contents
        assert "cello" in portrait.text
        prompt = await client.get_prompt("with_my_context", {"task": "Übung für das Cello"})
        assert prompt.messages[0].content.text.endswith("Übung für das Cello")

    talk(known.home, conversation, era)
    assert {one.name for one in known.client.clients()} == {"assistant"}


@contextmanager
def bridge(home: Home) -> Iterator[Bridge]:
    with closing(Bridge(lambda: connect(home, tokens.ensure(home, "assistant")))) as made:
        yield made


def test_the_token_lies_in_a_file_of_the_persons_own(known: Running) -> None:
    secret = tokens.ensure(known.home, "editor")
    path = tokens.file_of(known.home, "editor")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert tokens.ensure(known.home, "editor") == secret
    tokens.remove(known.home, "editor")
    assert known.client.clients()[0].revoked
    assert not path.exists()


def test_a_client_whose_token_is_elsewhere_is_not_taken_over(known: Running) -> None:
    known.client.add_client("editor", ["read"])
    with pytest.raises(RefusedError, match="gumctl clients revoke editor"):
        tokens.ensure(known.home, "editor")


def test_a_revoked_assistant_is_told_so(known: Running) -> None:
    with bridge(known.home) as asked:
        assert "result" in (asked.answer(json.dumps(LIST)) or {})
        known.client.revoke_client("assistant")
        answer = asked.answer(json.dumps(LIST)) or {}
    assert answer["id"] == 7
    assert "token" in answer["error"]["message"]


def test_without_a_daemon_every_request_is_answered_with_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    out = io.StringIO()
    with bridge(home) as asked:
        asked.carry([json.dumps(LIST) + "\n", '{"jsonrpc":"2.0","method":"notifications/initialized"}\n', "{\n"], out)
    answers = {one["id"]: one["error"]["message"] for one in map(json.loads, out.getvalue().splitlines())}
    assert answers == {7: answers[7], None: "That line is not JSON."}
    assert "gumctl start" in answers[7]


def test_a_daemon_that_was_started_anew_is_found_again(tmp_path: Path) -> None:
    daemon = Daemon(Home(tmp_path / "home"))
    daemon.home.create()
    daemon.home.config.write_text("[capture]\nobservers = []\n")
    try:
        daemon.start()
        with bridge(daemon.home) as asked:
            assert "result" in (asked.answer(json.dumps(LIST)) or {})
            daemon.kill()
            assert "error" in (asked.answer(json.dumps(LIST)) or {})
            daemon.start()
            assert "result" in (asked.answer(json.dumps(LIST)) or {})
    finally:
        daemon.close()


def test_it_starts_the_daemon_only_where_that_is_allowed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    home.config.write_text("[capture]\nobservers = []\n")
    said = json.dumps(LIST) + "\n"

    def ask(*options: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "gum", "mcp", *options]
        done = subprocess.run(command, env=environment(home), input=said, capture_output=True, text=True, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    assert "gumctl start" in ask()["error"]["message"]
    with pytest.raises(DaemonAbsentError):
        connect(home)
    try:
        assert len(ask("--start")["result"]["tools"]) == 5
    finally:
        subprocess.run([sys.executable, "-m", "gum", "stop"], env=environment(home), check=True, capture_output=True)
