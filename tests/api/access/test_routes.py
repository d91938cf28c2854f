"""Every route says which scope it needs (see gum.api.access)."""

from __future__ import annotations

import pytest
from fastapi.routing import iter_route_contexts

from gum.api.access import Require, Scope
from tests.working import Running

#: Asked without a token, or with any.
OPEN = {"/healthz"}
ANY_CLIENT = {"/v1/docs", "/v1/openapi.json"}
#: Questions that are sent as POST because they do not fit an address.
QUESTIONS = {"/v1/ask", "/v1/chat/completions"}
#: Each message names a tool, which asks for its own scope (tests/api/mcp).
TOOLS = {"/mcp"}


@pytest.fixture
def gates(served: Running) -> dict[tuple[str, str], list[Require]]:
    """What stands before each route, whatever kind of route it is, by path and method."""
    app = served.service.server.served.app
    found: dict[tuple[str, str], list[Require]] = {}
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        before = [one.call for one in dependant.dependencies if isinstance(one.call, Require)] if dependant else []
        for method in getattr(route, "methods", None) or {"*"}:
            found[route.path or "", method] = before
    return found


def test_every_route_asks_for_a_scope(gates: dict[tuple[str, str], list[Require]]) -> None:
    without = {path for (path, _), before in gates.items() if not any(gate.scopes for gate in before)}
    assert without == OPEN | ANY_CLIENT


def test_what_any_client_may_ask_still_asks_who_it_is(gates: dict[tuple[str, str], list[Require]]) -> None:
    assert {path for (path, _), before in gates.items() if before} >= ANY_CLIENT


def test_reading_scopes_change_nothing(gates: dict[tuple[str, str], list[Require]]) -> None:
    changing = {
        path
        for (path, method), before in gates.items()
        if method not in {"GET", "HEAD"} and any(gate.scopes & {Scope.READ, Scope.CONTEXT} for gate in before)
    }
    assert changing <= QUESTIONS | TOOLS
