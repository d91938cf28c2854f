"""Every error as application/problem+json, with a sentence and without content."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gum.errors import (
    ActionError,
    ConflictError,
    EngineError,
    ForbiddenError,
    GumError,
    NotFoundError,
    RecordingError,
    StaleError,
    StoreError,
    StoreFullError,
)
from gum.wire import Problem

log = logging.getLogger(__name__)

#: The first class that fits gives the status; the order matters.
STATUSES: tuple[tuple[type[GumError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (StaleError, HTTPStatus.PRECONDITION_FAILED),
    (ConflictError, HTTPStatus.CONFLICT),
    (ActionError, HTTPStatus.CONFLICT),
    (ForbiddenError, HTTPStatus.FORBIDDEN),
    (RecordingError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (StoreFullError, HTTPStatus.INSUFFICIENT_STORAGE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (EngineError, HTTPStatus.SERVICE_UNAVAILABLE),
    (GumError, HTTPStatus.BAD_REQUEST),
)

#: What the router itself says in two words.
UNROUTED: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address; every route is listed at /v1/docs.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This method is not taken here; the header Allow names those that are.",
}


class ProblemResponse(JSONResponse):
    """A problem+json answer."""

    media_type = "application/problem+json"

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
        super().__init__(problem.model_dump(), status, headers)


def install(app: FastAPI) -> None:
    """Have the application answer every error as a problem."""
    app.add_exception_handler(GumError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OverflowError, _too_large)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(_request: Request, error: Exception) -> ProblemResponse:
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    return ProblemResponse(status, str(error))


async def _invalid(_request: Request, error: Exception) -> ProblemResponse:
    items: Any = error.errors() if isinstance(error, RequestValidationError) else []
    return ProblemResponse(HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(_sentence(item) for item in items[:5]))


def _sentence(item: Any) -> str:
    """Say which field is wrong and why, never repeating the value that was sent."""
    where = ".".join(map(str, item["loc"][1:]))  # the first part says only whether it is in the body, query or path
    if item["type"] == "json_invalid":
        return "The body is not JSON."
    if item["type"] == "string_too_short":
        return f"{where}: there must be some text."
    return f"{where or 'The body'}: {item['msg'].lower()}."


async def _too_large(_request: Request, _error: Exception) -> ProblemResponse:
    """Answer for a number or a time that no record can hold."""
    return ProblemResponse(HTTPStatus.UNPROCESSABLE_ENTITY, "A number or a time is larger than anything kept here.")


async def _http(_request: Request, error: Exception) -> ProblemResponse:
    if not isinstance(error, HTTPException):
        return await _unexpected(_request, error)
    headers = dict(error.headers) if error.headers else None
    sentence = UNROUTED.get(error.status_code, f"{error.detail}.")
    return ProblemResponse(error.status_code, sentence, headers)


async def _unexpected(request: Request, error: Exception) -> ProblemResponse:
    """Log where it happened (a route's template holds no content) and say that it did."""
    route = getattr(request.scope.get("route"), "path", "")
    log.error("%s on %s %s", type(error).__name__, request.method, route, exc_info=error)
    return ProblemResponse(HTTPStatus.INTERNAL_SERVER_ERROR, "The daemon failed at this; its log says where.")
