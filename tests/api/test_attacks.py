"""Attacks that worked on programs of this kind, by the names under which they were published.

A page in the person's browser is on the same machine as the daemon; what it can send is what these tests send.
"""

from __future__ import annotations

import json
import secrets
import socket

import httpx
import pytest

from gum.store import PropositionQuery
from tests.working import Running

TEXT = json.dumps({"text": "The user trusts evil.test."})


def added(served: Running) -> int:
    return served.service.store.propositions.count(PropositionQuery())


def client_token(served: Running, *scopes: str) -> dict[str, str]:
    added = served.client.add_client("assistant", scopes, all_sensitive=True)
    return {"Authorization": f"Bearer {added.token}", "Content-Type": "application/json"}


def test_cve_2024_28224_a_rebound_name_reaches_nothing(raw: httpx.Client, bearer: dict[str, str]) -> None:
    """Ollama before 0.1.29: a name that first led to the page's server and then to loopback opened the whole API."""
    port = raw.base_url.port
    for host in (f"evil.test:{port}", "evil.test", f"127.0.0.1.nip.io:{port}", f"localhost.:{port}", f"0:{port}"):
        for path in ("/v1/status", "/healthz", "/v1/openapi.json"):
            answer = raw.get(path, headers=bearer | {"Host": host})
            assert answer.status_code == 421, (host, path)
            assert "ok" not in answer.json()


def test_cve_2025_66416_the_check_is_on_without_any_setting(raw: httpx.Client, bearer: dict[str, str]) -> None:
    """The MCP Python SDK before 1.23.0 left its guard against rebinding off by default; ours has no switch."""
    rebound = {"Host": f"evil.test:{raw.base_url.port}", "Origin": f"http://evil.test:{raw.base_url.port}"}
    for path in ("/v1/propositions", "/mcp", "/mcp/"):
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        assert raw.post(path, json=body, headers=bearer | rebound).status_code == 421


@pytest.mark.parametrize("origin", ["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:3000", "null"])
def test_an_origin_on_the_same_machine_is_as_foreign_as_any(
    raw: httpx.Client, bearer: dict[str, str], served: Running, origin: str
) -> None:
    """The SDK's guard lets every port of localhost pass, and with it every page of every development server."""
    headers = bearer | {"Origin": origin, "Content-Type": "application/json"}
    for path in ("/v1/propositions", "/mcp"):
        assert raw.post(path, content=TEXT, headers=headers).status_code == 403
    assert added(served) == 0


def test_our_own_address_as_origin_is_refused_too(raw: httpx.Client, bearer: dict[str, str]) -> None:
    """We serve no page that could ask: such an origin is a page that was injected or rebound."""
    own = str(raw.base_url).rstrip("/")
    assert raw.get("/v1/status", headers=bearer | {"Origin": own}).status_code == 403


def test_cve_2026_49291_a_token_for_reading_cannot_write(raw: httpx.Client, served: Running) -> None:
    """mcp-memory-service: a token with the scope `read` could call the tools that write.  Here: every such route."""
    headers = client_token(served, "read", "context")
    id = served.client.add_proposition("The user plays the cello.").proposition.id
    writes = ["", *(f"/{id}/{verb}" for verb in ("confirm", "reject", "edit", "pin", "undo", "never"))]
    for path in writes:
        body = {"text": "no"} if path.endswith("edit") or not path else {"on": True} if path.endswith("pin") else {}
        assert raw.post(f"/v1/propositions{path}", json=body, headers=headers).status_code == 403, path
    for path, more in (("/v1/pause", {}), ("/v1/clients", {"name": "x", "scopes": ["admin"]})):
        assert raw.post(path, json=more, headers=headers).status_code == 403, path
    assert served.client.proposition(id).proposition.version == 1
    assert served.client.status().verdict != "paused"


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("add_memory", {"text": "no"}),
        ("give_feedback", {"id": 1, "verdict": "reject"}),
        ("forget_memory", {"id": 1}),
    ],
)
def test_cve_2026_49291_nor_through_a_tool(
    raw: httpx.Client, served: Running, tool: str, arguments: dict[str, object], version: str
) -> None:
    """The flaw itself: `tools/call` was not asked for the scope of the tool that it names."""
    served.client.add_proposition("The user plays the cello.")
    headers = client_token(served, "read", "context") | {
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": version,
        "Mcp-Method": "tools/call",
        "Mcp-Name": tool,
    }
    meta = {"io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientCapabilities": {}}
    called = {"name": tool, "arguments": arguments, "_meta": meta}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called}
    answer = raw.post("/mcp", json=body, headers=headers).json()
    assert answer["result"]["isError"] is True
    assert "needs the scope" in answer["result"]["content"][0]["text"]
    assert [one.text for one in served.client.propositions().items] == ["The user plays the cello."]


def test_cve_2026_49291_no_scope_gives_another(raw: httpx.Client, served: Running) -> None:
    headers = client_token(served, "write", "verdict", "propose", "observe", "read", "context")
    body = {"name": "worse", "scopes": ["admin"]}
    assert raw.post("/v1/clients", json=body, headers=headers).status_code == 403
    assert raw.get("/v1/access", headers=headers).status_code == 403


def test_cve_2026_29787_health_tells_a_stranger_nothing(raw: httpx.Client) -> None:
    """mcp-memory-service: a detailed health report (version, paths, counts) was open to anybody."""
    answer = raw.get("/healthz")
    assert answer.json() == {"ok": True}
    assert {name.lower() for name in answer.headers} == {"content-length", "content-type"}
    for path in ("/healthz/", "/healthz/detailed", "/v1/health", "/api/health/detailed", "/v1/status", "/metrics"):
        refused = raw.get(path)
        assert (refused.status_code, refused.json()["detail"]) == (
            401,
            "A bearer token is needed; see: gumctl token show",
        )


def test_what_is_there_and_what_is_not_look_alike_to_a_stranger(raw: httpx.Client) -> None:
    answers = {raw.request(method, path).text for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
               for path in ("/v1/propositions/1", "/v1/nothing", "/", "/../../etc/passwd")}  # fmt: skip
    assert len(answers) == 1


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]
)
def test_a_simple_request_writes_nothing_even_with_a_token(
    raw: httpx.Client, bearer: dict[str, str], served: Running, kind: str | None
) -> None:
    """Those three kinds a page may send anywhere without asking first (Fetch standard, 'CORS-safelisted')."""
    headers = bearer | ({"Content-Type": kind} if kind else {})
    assert raw.post("/v1/propositions", content=TEXT, headers=headers).status_code == 415
    assert added(served) == 0


def test_a_preflight_is_never_answered_with_leave(raw: httpx.Client, served: Running) -> None:
    headers = {
        "Origin": "https://evil.test",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    answer = raw.options("/v1/propositions", headers=headers)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_a_page_that_was_navigated_to_us_gets_nothing(raw: httpx.Client) -> None:
    """A link or a form leads here without an Origin in some browsers; without the token it ends at the door."""
    for headers in ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, {"Referer": "https://evil.test/"}):
        assert raw.get("/v1/docs", headers=headers).status_code == 401


def test_a_token_is_taken_from_no_cookie_query_or_form(raw: httpx.Client, served: Running) -> None:
    token = served.token
    assert raw.get("/v1/status", params={"access_token": token, "token": token}).status_code == 401
    assert raw.get("/v1/status", headers={"Cookie": f"token={token}; Authorization=Bearer {token}"}).status_code == 401
    assert raw.get("/v1/status", headers={"X-Api-Key": token}).status_code == 401
    assert raw.get("/v1/status", auth=httpx.BasicAuth("you", token)).status_code == 401
    for scheme in ("Basic ", "Token ", "Digest ", ""):
        assert raw.get("/v1/status", headers={"Authorization": f"{scheme}{token}"}).status_code == 401, scheme


def test_the_time_of_a_comparison_tells_nothing_of_the_token(
    raw: httpx.Client, served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person's token is compared in constant time; a client's is looked up by its digest."""
    compared: list[tuple[bytes, bytes]] = []
    constant = secrets.compare_digest

    def watched(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return constant(one, other)

    monkeypatch.setattr(secrets, "compare_digest", watched)
    nearly = served.token[:-1] + ("A" if served.token[-1] != "A" else "B")
    for guess in ("x", nearly):
        assert raw.get("/v1/status", headers={"Authorization": f"Bearer {guess}"}).status_code == 401
    assert compared == [(b"x", served.token.encode()), (nearly.encode(), served.token.encode())]


def test_no_answer_sets_a_cookie(raw: httpx.Client, bearer: dict[str, str]) -> None:
    for path in ("/v1/status", "/v1/docs", "/v1/propositions"):
        assert "set-cookie" not in raw.get(path, headers=bearer).headers


def test_a_forwarded_host_changes_nothing(raw: httpx.Client, bearer: dict[str, str]) -> None:
    """A proxy's headers are believed by nobody here, so they can neither open nor close the door."""
    spoof = {"X-Forwarded-Host": "127.0.0.1", "Forwarded": "host=localhost", "X-Original-URL": "/healthz"}
    assert raw.get("/v1/status", headers=bearer | spoof | {"Host": "evil.test"}).status_code == 421
    assert raw.get("/v1/status", headers=spoof).status_code == 401


def test_two_hosts_in_one_request_are_refused(raw: httpx.Client, served: Running) -> None:
    port = raw.base_url.port or 0
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.test\r\n"
        line.sendall(f"{head}Authorization: Bearer {served.token}\r\n\r\n".encode())
        assert line.recv(100).split()[1] in {b"400", b"421"}


@pytest.fixture
def instant(served: Running) -> None:
    """Everything is asked within one instant, however slow the machine is."""
    served.service.server.served.guard.rates.now = lambda: 0.0


@pytest.mark.usefixtures("instant")
def test_guessing_is_slowed_down_and_holds_up_nobody_with_a_token(raw: httpx.Client, served: Running) -> None:
    codes = [raw.get("/v1/status", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(60)]
    assert codes[0] == 401
    assert codes[-1] == 429
    assert served.client.status().verdict


@pytest.mark.usefixtures("instant")
def test_a_client_that_asks_too_much_is_told_to_wait_and_the_person_is_not(raw: httpx.Client, served: Running) -> None:
    headers = client_token(served, "read")
    answers = [raw.get("/v1/propositions", headers=headers) for _ in range(130)]
    refused = [one for one in answers if one.status_code == 429]
    assert refused
    assert int(refused[-1].headers["retry-after"]) >= 1
    assert refused[-1].headers["content-type"] == "application/problem+json"
    assert served.client.propositions().items == []


def test_the_reference_holds_no_token(raw: httpx.Client, bearer: dict[str, str], served: Running) -> None:
    for path in ("/v1/docs", "/v1/openapi.json"):
        assert served.token not in raw.get(path, headers=bearer).text
