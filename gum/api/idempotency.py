"""A POST that is sent twice under one Idempotency-Key is done once: the second gets the first one's answer, for a day.

The key belongs to the caller.  The same key with another request is refused (422), and while the first is still being
answered the second is told to wait (409).  A failure of ours is not kept, so that it can be tried again; nor is an
answer in pieces or one of more than a mebibyte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from http import HTTPStatus
from types import SimpleNamespace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gum.api.access.caller import Caller
from gum.api.access.disclosures import template
from gum.api.problems import ProblemResponse
from gum.store.replies import Replies, Reply

HEADER = b"idempotency-key"
LONGEST = 255
LARGEST = 1024 * 1024
_ROUTE = ":route"
_KEPT_HEADERS = frozenset({"content-type", "etag", "location"})


@dataclass
class Idempotency:
    """ASGI middleware behind the guard."""

    app: ASGIApp
    replies: Replies
    _running: set[tuple[str, str]] = field(default_factory=set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller: Caller | None = scope.get("state", {}).get("caller")
        keys = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == HEADER]
        if caller is None or scope["method"] != "POST" or not keys:
            await self.app(scope, receive, send)
            return
        if len(keys) > 1 or not keys[0].strip() or len(keys[0]) > LONGEST or not keys[0].isprintable():
            sentence = f"One Idempotency-Key of 1 to {LONGEST} characters is taken."
            await ProblemResponse(HTTPStatus.BAD_REQUEST, sentence)(scope, receive, send)
            return
        place = (caller.name, keys[0])
        if place in self._running:
            sentence = "A request with this Idempotency-Key is still being answered."
            await ProblemResponse(HTTPStatus.CONFLICT, sentence, {"Retry-After": "1"})(scope, receive, send)
            return
        self._running.add(place)
        try:
            await self._once(scope, receive, send, place)
        finally:
            self._running.discard(place)

    async def _once(self, scope: Scope, receive: Receive, send: Send, place: tuple[str, str]) -> None:
        try:
            body = await _whole(receive)
        except HTTPException as error:  # the guard counts what comes; before the application nobody else answers
            await ProblemResponse(error.status_code, f"{error.detail}.")(scope, receive, send)
            return
        request = _digest(scope, body)
        kept = await run_in_threadpool(self.replies.get, *place)
        if kept is not None:
            await self._again(kept, request)(_as_before(scope, kept), receive, send)
            return
        answer = _Answer(send)
        await self.app(scope, _given(body, receive), answer.take)
        reply = answer.reply(request, template(scope))
        if reply is not None:  # kept before it is given, so that who has it can ask for it again at once
            await run_in_threadpool(self.replies.keep, *place, reply)
        await answer.give()

    def _again(self, kept: Reply, request: str) -> Response:
        if kept.request != request:
            sentence = "This Idempotency-Key was used for another request; take a new one."
            return ProblemResponse(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
        headers = {name: value for name, value in kept.headers.items() if name != _ROUTE}
        return Response(kept.body, kept.status, headers | {"Idempotency-Replayed": "true"})


@dataclass
class _Answer:
    """What passes on its way to the caller: held back until it is whole, unless it comes in pieces or is too large."""

    send: Send
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    held: list[Message] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    passing: bool = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            pairs = [(name.decode("latin-1").lower(), value) for name, value in message["headers"]]
            self.headers = {name: value.decode("latin-1") for name, value in pairs if name in _KEPT_HEADERS}
        self.held.append(message)
        self.body += message.get("body", b"")
        streamed = self.headers.get("content-type", "").startswith("text/event-stream")
        if self.passing or streamed or len(self.body) > LARGEST:
            self.passing = True
            self.body.clear()
            await self.give()

    async def give(self) -> None:
        """Send what was held back."""
        messages, self.held = self.held, []
        for message in messages:
            await self.send(message)

    def reply(self, request: str, route: str) -> Reply | None:
        """Return what is kept of it: nothing of what went by in pieces or was tried in vain."""
        in_vain = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status == HTTPStatus.TOO_MANY_REQUESTS
        if not self.status or in_vain or self.passing:
            return None
        return Reply(request, self.status, self.headers | {_ROUTE: route}, bytes(self.body))


def _digest(scope: Scope, body: bytes) -> str:
    parts = (scope["method"].encode(), scope["path"].encode(), scope.get("query_string", b""), body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _as_before(scope: Scope, kept: Reply) -> Scope:
    """Give the scope the route that first answered, for the access log."""
    scope["route"] = SimpleNamespace(path=kept.headers.get(_ROUTE, ""))
    return scope


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read, once; then what else there is."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
