"""Notes what is told before it leaves: an answer that cannot be logged is not given."""

from __future__ import annotations

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gum.api.access.caller import Caller
from gum.api.problems import ProblemResponse
from gum.errors import StoreError
from gum.store.access_log import AccessLog


class Disclosures:
    """ASGI middleware: one row for each answer to a client, and for what the person's own token tells an assistant."""

    def __init__(self, app: ASGIApp, log: AccessLog) -> None:
        self.app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller: Caller | None = scope.get("state", {}).get("caller")
        if caller is None:
            await self.app(scope, receive, send)
            return
        refused = False

        async def noting(message: Message) -> None:
            nonlocal refused
            if refused:
                return
            if message["type"] == "http.response.start" and self._concerns(caller, message["status"]):
                try:
                    await run_in_threadpool(self._note, scope, caller, message["status"])
                except StoreError as error:
                    refused = True
                    sentence = f"What is told must be logged, and it cannot be: {error}"
                    await ProblemResponse(HTTPStatus.SERVICE_UNAVAILABLE, sentence)(scope, receive, send)
                    return
            await send(message)

        await self.app(scope, receive, noting)

    def _concerns(self, caller: Caller, status: int) -> bool:
        return status < HTTPStatus.BAD_REQUEST and (not caller.is_person or bool(caller.tools))

    def _note(self, scope: Scope, caller: Caller, status: int) -> None:
        """Log the route's template, never the address as sent, which may hold a query."""
        ids = {name: [int(value)] for name, value in scope.get("path_params", {}).items() if str(value).isdecimal()}
        where = ", ".join(caller.tools) or f"{scope['method']} {template(scope)}"
        self._log.note(caller.name, where, caller.shown or ids, status)


def template(scope: Scope) -> str:
    """Return the template of the route that a request met, such as '/v1/propositions/{id}'."""
    path: str = getattr(scope.get("route"), "path", "")
    outer = "/v1" if scope["path"].startswith("/v1/") and not path.startswith("/v1") else ""
    return f"{outer}{path}"
