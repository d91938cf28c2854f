"""Stands before every route: who asks, from where, and how much.

A web page on the same machine can send requests to loopback, and by DNS rebinding even read the answers.
So the Host must be exactly ours, a request with an Origin is refused whatever it is, the token comes in a header that
no page can know, and a body must be declared as JSON, which no form can do without a preflight that is refused too.
An Origin that the settings list passes, for programs that send one of their own; CORS headers are given to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gum.api.access.keys import Keys
from gum.api.problems import ProblemResponse
from gum.api.rates import Rates
from gum.api.strangers import Strangers

BODY_LIMIT = 48 * 1024 * 1024
TOO_LARGE = "The request is too large"
OPEN_PATHS = frozenset({"/healthz"})
METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class Guard:
    """ASGI middleware that lets only the holder of a token through."""

    def __init__(
        self,
        app: ASGIApp,
        keys: Keys,
        hosts: Iterable[str],
        *,
        origins: Iterable[str] = (),
        rates: Rates | None = None,
        strangers: Strangers | None = None,
        body_limit: int = BODY_LIMIT,
    ) -> None:
        self.app = app
        self._keys = keys
        self._hosts = frozenset(hosts)
        self._origins = frozenset(origins)
        self.rates = rates or Rates()
        self.strangers = strangers or Strangers()
        self._limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        # Web sockets are not offered; returning without an answer refuses the handshake.

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        refusal = self._from_elsewhere(headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if scope["path"] in OPEN_PATHS:
            await self.app(scope, self._bounded(receive), send)
            return
        caller = self._keys.caller(headers.get("authorization", []))
        refusal = self.rates.refusal(caller)
        if caller is None or refusal is not None:
            await (refusal or _unknown())(scope, receive, send)
            return
        self.strangers.is_known(scope.get("client"))
        refusal = self._body_refusal(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        with self.rates.running(caller):
            await self.app(scope, self._bounded(receive), send)

    def _from_elsewhere(self, headers: dict[str, list[str]]) -> ProblemResponse | None:
        if len(headers.get("host", [])) != 1 or headers["host"][0].lower() not in self._hosts:
            return ProblemResponse(HTTPStatus.MISDIRECTED_REQUEST, "This host name is not served here.")
        if any(origin not in self._origins for origin in headers.get("origin", [])):
            return ProblemResponse(HTTPStatus.FORBIDDEN, "Web pages may not ask this server.")
        return None

    def _body_refusal(self, method: str, headers: dict[str, list[str]]) -> ProblemResponse | None:
        if method not in METHODS_WITH_BODY:
            return None
        kind = headers.get("content-type", [""])[0].split(";")[0].strip().lower()
        if kind != "application/json":
            return ProblemResponse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON as application/json.")
        length = headers.get("content-length", ["0"])[0]
        return _too_large() if length.isdecimal() and int(length) > self._limit else None

    def _bounded(self, receive: Receive) -> Receive:
        """Count what a body without a declared length brings."""
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
            return message

        return bounded


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _unknown() -> ProblemResponse:
    return ProblemResponse(
        HTTPStatus.UNAUTHORIZED, "A bearer token is needed; see: gumctl token show", {"WWW-Authenticate": "Bearer"}
    )


def _too_large() -> ProblemResponse:
    return ProblemResponse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{TOO_LARGE}.")
