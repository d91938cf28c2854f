"""Chats on their way to a server gain what matters about the person."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.working import HandClock, Running, running, settings

CHAT = {"model": "whatever", "messages": [{"role": "user", "content": "Suggest music, please."}], "top_p": 0.5}
SAID = {"id": "1", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Bach."}}]}


@dataclass
class Server:
    """A server with an OpenAI-compatible API that answers one thing, and remembers what it was asked."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    address: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    kept = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(json.dumps({"data": [{"id": "tiny"}]}).encode())

        def do_POST(self) -> None:
            kept.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if kept.asked[-1].get("stream"):
                self._tell(b'data: {"choices": [{"delta": {"content": "Bach."}}]}\n\ndata: [DONE]\n\n')
            else:
                self._tell(json.dumps(SAID).encode(), kept.status)

        def _tell(self, data: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    kept.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    yield kept
    http.shutdown()
    http.server_close()


@pytest.fixture
def now(tmp_path: Path, server: Server) -> Iterator[Running]:
    config = settings(
        infer={"engine": "openai"}, openai={"address": server.address, "tries": 1}, api={"chat_proxy": True}
    )
    with running(tmp_path / "home", config, HandClock()) as service:
        service.client.add_proposition("The user plays the cello.")
        yield service


def post(now: Running, body: dict[str, Any], token: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token or now.token}"}
    return httpx.post(f"{now.client.url}/v1/chat/completions", json=body, headers=headers, trust_env=False, timeout=30)


def test_the_context_goes_along_and_the_answer_comes_back(now: Running, server: Server) -> None:
    assert post(now, CHAT).json() == SAID
    asked = server.asked[-1]
    assert (asked["model"], asked["top_p"]) == ("tiny", 0.5)
    first, last = asked["messages"]
    assert first["role"] == "system"
    assert "The user plays the cello." in first["content"]
    assert last == CHAT["messages"][0]  # type: ignore[index]
    assert [one.route for one in now.client.access().items] == ["POST /v1/chat/completions"]


def test_an_answer_is_streamed(now: Running, server: Server) -> None:
    answer = post(now, CHAT | {"stream": True})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [line for line in answer.text.splitlines() if line] == [
        'data: {"choices": [{"delta": {"content": "Bach."}}]}',
        "data: [DONE]",
    ]


def test_a_server_that_fails_is_told_in_a_sentence(now: Running, server: Server) -> None:
    server.status = 503
    answer = post(now, CHAT)
    assert answer.status_code == 503
    assert "busy or away" in answer.json()["detail"]


def test_a_client_needs_the_scope(now: Running) -> None:
    assert post(now, CHAT, now.client.add_client("sensor", ["observe"]).token).status_code == 403
    assert post(now, CHAT, now.client.add_client("chat", ["context"]).token).status_code == 200


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    with running(tmp_path / "home") as service:
        answer = post(service, CHAT)
    assert answer.status_code == 409
    assert "chat_proxy" in answer.json()["detail"]


def test_without_a_server_it_says_so(tmp_path: Path) -> None:
    with running(tmp_path / "home", settings(api={"chat_proxy": True})) as service:
        assert "openai.address" in post(service, CHAT).json()["detail"]
