"""The person's preferences, for agents that act in a domain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.api.preferences import preferences as preferred
from gum.wire import PreferencesView

router = APIRouter(tags=["context"])


@router.get("/preferences", dependencies=[require(Scope.CONTEXT, limited=True)])
def preferences(
    behind: Behind,
    asking: Asking,
    domain: Annotated[
        str,
        Query(min_length=1, max_length=200, description="What the agent acts in, such as 'films'."),
    ],
) -> PreferencesView:
    """What the person prefers in a domain, how likely, and what speaks against acting on it now."""
    asking.through("GET /v1/preferences")
    return preferred(behind.store, domain, asking, behind.clock())
