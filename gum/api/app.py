"""Puts the API together: routes, errors, and the guard before them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse

import gum
from gum.api import problems, reference
from gum.api.access import require
from gum.api.backend import Backend
from gum.api.guard import BODY_LIMIT, Guard
from gum.api.routes import daemon, observations, propositions, review, suggestions
from gum.wire import Problem

ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {"model": Problem, "description": "A problem, as application/problem+json."}
}


def create(backend: Backend, token: str, hosts: Iterable[str], body_limit: int = BODY_LIMIT) -> Guard:
    """Return the guarded application; `hosts` are the exact Host headers it answers to."""
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
    for router in (daemon.router, observations.router, propositions.router, review.router, suggestions.router):
        app.include_router(router, prefix="/v1")
    app.add_api_route("/healthz", _healthz, include_in_schema=False)
    hidden: dict[str, Any] = {
        "include_in_schema": False,
        "response_model": None,
        "dependencies": [require(limited=True)],
    }
    app.add_api_route("/v1/openapi.json", lambda: JSONResponse(app.openapi()), **hidden)
    app.add_api_route("/v1/docs", lambda: HTMLResponse(reference.page(app.openapi())), **hidden)
    return Guard(app, token, hosts, body_limit)


def _healthz() -> dict[str, bool]:
    """Say that something answers, and nothing else."""
    return {"ok": True}
