"""The scope that a route asks for."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts

from gum.api.access.caller import Asking
from gum.api.access.scopes import Scope
from gum.errors import ForbiddenError


class Require:
    """Lets a caller pass who has one of the scopes, any caller where none is named."""

    def __init__(self, scopes: frozenset[Scope], limited: bool) -> None:
        self.scopes = scopes
        self.limited = limited

    async def __call__(self, asking: Asking) -> None:  # async: a plain method would cost a change of threads
        """Raise ForbiddenError for a caller without the scope, or with limits that the route does not apply."""
        if self.scopes and not self.scopes & asking.scopes:
            needed = " or ".join(sorted(self.scopes))
            raise ForbiddenError(f"This needs the scope {needed!r}, which the client {asking.name!r} does not have.")
        if not self.limited and not asking.limits.none:
            raise ForbiddenError(
                f"The client {asking.name!r} may see a part only, and this cannot be told in part. "
                "A client added without limits may ask it: gumctl clients add --help"
            )


def require(*scopes: Scope, limited: bool = False) -> Any:
    """Return the dependency that lets callers with one of the scopes pass; with no scope, every known caller.

    `limited` is the route's promise that what it tells keeps within `Caller.limits` (or that it tells of no
    proposition, observation or other content at all).
    """
    return Depends(Require(frozenset(scopes), limited))


def asked(app: FastAPI) -> dict[tuple[str, str], frozenset[Scope]]:
    """Return the scopes of which each route asks for one, by path and method; empty where any known caller passes."""
    found: dict[tuple[str, str], frozenset[Scope]] = {}
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        gates = [one.call for one in dependant.dependencies if isinstance(one.call, Require)] if dependant else []
        for method in getattr(route, "methods", None) or ():
            found[route.path or "", method] = frozenset().union(*(gate.scopes for gate in gates))
    return found
