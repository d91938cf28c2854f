"""The client says what is wrong in a sentence, and reads what a newer daemon sends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.client import Client, in_words
from gum.errors import ClientError, DaemonAbsentError, RefusedError
from gum.wire import LIKELIHOODS

STATUS_OF_A_NEWER_DAEMON = (
    b'[{"proposition": {"id": 1, "text": "t", "reasoning": "r", "kind": "fact", "durability": "trait", "theme": "life",'
    b'"status": "active", "probability": 0.9, "trust": "typed", "first_seen": "2026-03-02T09:00:00Z", "last_supported":'
    b'"2026-03-02T09:00:00Z", "valid_from": null, "valid_to": null, "engine": "e", "claim": null, "sensitivity": "",'
    b'"pinned": false, "edited": false, "version": 1, "likelihood": "x", "mood": "new"}, "score": 0.5, "arms": [],'
    b'"because": "new"}]'
)


@pytest.fixture
def strange() -> Iterator[tuple[str, dict[str, tuple[int, bytes]]]]:
    """A server that is not ours: it answers what the test puts under a path."""
    answers: dict[str, tuple[int, bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path.partition("?")[0], (404, b""))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_daemon_that_is_not_there_is_said_so_with_what_to_do() -> None:
    with Client("http://127.0.0.1:1", "t") as client:
        assert not client.healthy()
        with pytest.raises(DaemonAbsentError, match="gumctl start"):
            client.status()


def test_a_daemon_that_hangs_is_said_so() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with (
            Client(f"http://127.0.0.1:{silent.getsockname()[1]}", "t", timeout=0.2) as client,
            pytest.raises(DaemonAbsentError, match="in time"),
        ):
            client.status()


def test_a_refusal_carries_the_daemons_sentence(strange: tuple[str, dict[str, tuple[int, bytes]]]) -> None:
    url, answers = strange
    answers["/v1/propositions/4"] = (404, b'{"title": "x", "status": 404, "detail": "There is no proposition 4."}')
    with Client(url, "t") as client, pytest.raises(RefusedError, match=r"^There is no proposition 4\.$") as refusal:
        client.proposition(4)
    assert refusal.value.status == 404


def test_an_answer_of_another_program_is_not_taken_for_ours(strange: tuple[str, dict[str, tuple[int, bytes]]]) -> None:
    url, answers = strange
    answers["/v1/status"] = (200, b"<html>hello</html>")
    with Client(url, "t") as client, pytest.raises(ClientError, match="another version"):
        client.status()


def test_a_redirect_is_not_followed_with_the_token(strange: tuple[str, dict[str, tuple[int, bytes]]]) -> None:
    url, answers = strange
    answers["/v1/status"] = (302, b"")
    with Client(url, "t") as client, pytest.raises(ClientError):
        client.status()


def test_what_a_newer_daemon_adds_is_ignored(strange: tuple[str, dict[str, tuple[int, bytes]]]) -> None:
    url, answers = strange
    answers["/v1/search"] = (200, STATUS_OF_A_NEWER_DAEMON)
    with Client(url, "t") as client:
        assert client.search("t")[0].proposition.likelihood == "very likely"


def test_a_proxy_of_the_environment_does_not_get_the_token(
    strange: tuple[str, dict[str, tuple[int, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, answers = strange
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    answers["/healthz"] = (200, b"{}")
    with Client(url, "t") as client:
        assert client.healthy()


@given(st.floats(0, 1), st.floats(0, 1))
def test_words_for_probabilities_keep_their_order(one: float, other: float) -> None:
    order = [word for _, word in LIKELIHOODS]
    if one <= other:
        assert order.index(in_words(one)) >= order.index(in_words(other))
