"""Only the holder of the token gets in, and no web page does (see gum.api.guard)."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.working import Running

JSON = {"Content-Type": "application/json"}


def test_the_token_opens_every_route(raw: httpx.Client, bearer: dict[str, str]) -> None:
    for path in ("/v1/status", "/v1/propositions", "/v1/docs", "/v1/openapi.json"):
        assert raw.get(path, headers=bearer).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Cookie": "token=anything"},
    ],
)
def test_without_the_token_nothing_is_told(raw: httpx.Client, headers: dict[str, str]) -> None:
    for path in ("/v1/status", "/v1/docs", "/v1/openapi.json", "/v1/nothing", "/", "/docs", "/openapi.json"):
        answer = raw.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
        assert "0.1" not in answer.text


def test_a_token_in_the_query_is_not_a_token(raw: httpx.Client, served: Running) -> None:
    assert raw.get("/v1/status", params={"token": served.token, "access_token": served.token}).status_code == 401


def test_two_authorization_headers_are_refused(raw: httpx.Client, served: Running) -> None:
    headers = [("Authorization", f"Bearer {served.token}"), ("Authorization", f"Bearer {served.token}")]
    assert raw.get("/v1/status", headers=headers).status_code == 401


def test_health_tells_nothing_but_that_something_answers(raw: httpx.Client) -> None:
    answer = raw.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "127.0.0.1:1", "", "0.0.0.0"]
)
def test_another_host_name_is_refused(raw: httpx.Client, bearer: dict[str, str], host: str) -> None:
    """DNS rebinding (CVE-2024-28224, CVE-2025-66416): the page's own name arrives as Host."""
    assert raw.get("/v1/status", headers=bearer | {"Host": host}).status_code in {400, 421}


def test_the_port_is_part_of_the_host(raw: httpx.Client, bearer: dict[str, str]) -> None:
    assert raw.get("/v1/status", headers=bearer | {"Host": "127.0.0.1"}).status_code == 421


def test_localhost_with_the_port_is_this_host(raw: httpx.Client, bearer: dict[str, str]) -> None:
    host = f"localhost:{raw.base_url.port}"
    assert raw.get("/v1/status", headers=bearer | {"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "http://localhost:5173", "http://127.0.0.1", "null", "", "moz-extension://x"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_every_origin_is_refused(raw: httpx.Client, bearer: dict[str, str], origin: str, method: str) -> None:
    answer = raw.request(method, "/v1/status", headers=bearer | {"Origin": origin})
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/xml"],
)
def test_only_json_is_read(raw: httpx.Client, bearer: dict[str, str], kind: str) -> None:
    headers = bearer | {"Content-Type": kind}
    answer = raw.post("/v1/propositions", content=json.dumps({"text": "The user is here."}), headers=headers)
    assert answer.status_code == 415


def test_a_body_that_says_it_is_too_large_is_not_read(raw: httpx.Client, bearer: dict[str, str]) -> None:
    headers = bearer | JSON | {"Content-Length": str(10**9)}
    with socket.create_connection((raw.base_url.host, raw.base_url.port or 0), timeout=30) as line:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        host = f"Host: {raw.base_url.host}:{raw.base_url.port}\r\n"
        line.sendall(f"POST /v1/observations HTTP/1.1\r\n{host}{head}\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_grows_too_large_is_cut_off(raw: httpx.Client, bearer: dict[str, str], served: Running) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(60):
            yield b"x" * 1_000_000
        yield b'"}'

    try:
        status = raw.post("/v1/propositions", content=endless(), headers=bearer | JSON).status_code
    except httpx.TransportError:  # the line was cut while the rest was still being sent
        status = 413
    assert status == 413
    assert served.service.store.propositions.count() == 0


def test_a_web_socket_is_not_offered(raw: httpx.Client, bearer: dict[str, str]) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "x" * 22,
        "Sec-WebSocket-Version": "13",
    }
    assert raw.get("/v1/status", headers=bearer | upgrade).status_code != 101


def test_the_reference_needs_nothing_from_elsewhere(raw: httpx.Client, bearer: dict[str, str]) -> None:
    page = raw.get("/v1/docs", headers=bearer).text
    assert "/v1/propositions/{id}/confirm" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_the_socket_is_bound_to_loopback_alone(served: Running) -> None:
    port = httpx.URL(served.service.server.url).port
    host = socket.gethostbyname(socket.gethostname())
    if host.startswith("127."):
        pytest.skip("this machine has no address but loopback")
    with socket.socket() as line:
        line.settimeout(1)
        # connect_ex goes past the guard of tests/conftest.py, which forbids everything but loopback
        assert line.connect_ex((host, port or 0)) != 0
