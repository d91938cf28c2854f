"""Notes what is told before it leaves: an answer that cannot be logged is not given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gum.api.access.caller import Caller
from gum.api.access.recognised import records
from gum.api.problems import ProblemResponse
from gum.errors import StoreError
from gum.store.access_log import AccessLog


class Disclosures:
    """ASGI middleware: one row for each answer to a client, and for what the person's own token tells an assistant.

    A JSON answer is held back until it is whole and its records are known; any other is noted when it begins.
    """

    def __init__(self, app: ASGIApp, log: AccessLog) -> None:
        self.app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller: Caller | None = scope.get("state", {}).get("caller")
        if caller is None:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Telling(scope, receive, send, caller, self._log).take)


@dataclass
class _Telling:
    """One answer on its way to the caller."""

    scope: Scope
    receive: Receive
    send: Send
    caller: Caller
    log: AccessLog
    held: list[Message] = field(default_factory=list)
    refused: bool = False
    due: bool = False

    async def take(self, message: Message) -> None:
        if self.refused:
            return
        self.held.append(message)
        if message["type"] == "http.response.start":
            self.due = self._concerns(message["status"])
        if self.due:
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if self._is_json() and not last:
                return
            await self._note()
        messages, self.held = self.held, []
        for one in messages if not self.refused else ():
            await self.send(one)

    def _concerns(self, status: int) -> bool:
        return status < HTTPStatus.BAD_REQUEST and (not self.caller.is_person or bool(self.caller.tools))

    def _is_json(self) -> bool:
        headers = dict(self.held[0].get("headers", ()))
        return bool(headers.get(b"content-type", b"").startswith(b"application/json"))

    async def _note(self) -> None:
        self.due = False
        body = b"".join(one.get("body", b"") for one in self.held)
        try:
            await run_in_threadpool(self._write, body)
        except StoreError as error:
            self.refused = True
            sentence = f"What is told must be logged, and it cannot be: {error}"
            await ProblemResponse(HTTPStatus.SERVICE_UNAVAILABLE, sentence)(self.scope, self.receive, self.send)

    def _write(self, body: bytes) -> None:
        """Log the route's template, never the address as sent, which may hold a query."""
        shown: Mapping[str, Sequence[int | str]] = self.caller.shown or records(body)
        if sha := self.scope.get("path_params", {}).get("sha"):
            shown = {"frames": [str(sha)[:16]]}
        where = ", ".join(self.caller.tools) or f"{self.scope['method']} {template(self.scope)}"
        self.log.note(self.caller.name, where, shown, self.held[0]["status"])


def template(scope: Scope) -> str:
    """Return the template of the route that a request met, such as '/v1/propositions/{id}'."""
    path: str = getattr(scope.get("route"), "path", "")
    outer = "/v1" if scope["path"].startswith("/v1/") and not path.startswith("/v1") else ""
    return f"{outer}{path}"
