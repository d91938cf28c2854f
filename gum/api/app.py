"""Puts the API together: routes, errors, and the guard before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse

import gum
from gum.api import examples, problems, reference
from gum.api.access import require
from gum.api.access.disclosures import Disclosures
from gum.api.access.keys import Keys
from gum.api.access.require import asked
from gum.api.backend import Backend
from gum.api.events.ring import Ring
from gum.api.events.watcher import Watcher
from gum.api.guard import BODY_LIMIT, Guard
from gum.api.idempotency import Idempotency
from gum.api.mcp import endpoint as mcp
from gum.api.routes import (
    access,
    asking,
    audit,
    chat,
    context,
    daemon,
    events,
    forget,
    gate,
    insights,
    models,
    observations,
    portrait,
    preferences,
    privacy,
    propositions,
    review,
    search,
    suggestions,
    transfer,
)
from gum.wire import Problem

ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {"model": Problem, "description": "A problem, as application/problem+json."}
}


#: Every route under /v1, by area.
ROUTERS = (
    access.router,
    asking.router,
    audit.router,
    chat.router,
    context.router,
    daemon.router,
    events.router,
    forget.router,
    insights.router,
    models.router,
    observations.router,
    portrait.router,
    preferences.router,
    gate.router,
    privacy.router,
    propositions.router,
    review.router,
    search.router,
    suggestions.router,
    transfer.router,
)


@dataclass(frozen=True, slots=True)
class Served:
    """The application behind its guard, and the watcher that tells its listeners what happens."""

    guard: Guard
    app: FastAPI
    watcher: Watcher


def create(
    backend: Backend, token: str, hosts: Iterable[str], origins: Iterable[str] = (), body_limit: int = BODY_LIMIT
) -> Served:
    """Return the guarded application; `hosts` are the exact Host headers it answers to, `origins` the ones it allows.

    The guard lets a caller in, the disclosures note what the caller is told, and a repeated POST is answered once.
    """
    app = FastAPI(
        title="gum-desktop",
        version=gum.__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=ERRORS,
    )
    app.state.backend = backend
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    app.include_router(mcp.router)
    app.add_api_route("/healthz", _healthz, include_in_schema=False)
    # FastAPI's own way to extend the description
    app.openapi = partial(_described, app, app.openapi)  # type: ignore[method-assign]
    hidden: dict[str, Any] = {
        "include_in_schema": False,
        "response_model": None,
        "dependencies": [require(limited=True)],
    }
    app.add_api_route("/v1/openapi.json", lambda: JSONResponse(app.openapi()), **hidden)
    app.add_api_route("/v1/docs", lambda: HTMLResponse(reference.page(app.openapi())), **hidden)
    watcher = app.state.watcher = Watcher(backend, Ring())
    store = backend.store
    keys = app.state.keys = Keys(token, store.clients, backend.clock)
    told = Disclosures(Idempotency(app, store.replies), store.access_log)
    return Served(Guard(told, keys, hosts, origins=origins, body_limit=body_limit), app, watcher)


def _described(app: FastAPI, plain: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the OpenAPI description with how to get in, the scope that each route asks for, and examples."""
    document = plain()
    if "x-gum" in document["info"]:
        return document
    document["info"]["x-gum"] = "Every time is ISO 8601 with an offset; every error is application/problem+json."
    document.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}]
    for (path, method), scopes in asked(app).items():
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["x-scopes"] = sorted(scopes)
    examples.describe(document)
    return document


def _healthz() -> dict[str, bool]:
    """Say that something answers, and nothing else."""
    return {"ok": True}
