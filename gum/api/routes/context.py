"""What an assistant should know about the person now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.api.context import DEFAULT_TOKENS, FEWEST_TOKENS, MOST_TOKENS, Asked
from gum.api.context import context as chosen
from gum.wire import ContextView

router = APIRouter(tags=["context"])


@router.get("/context", dependencies=[require(Scope.CONTEXT, limited=True)])
def context(
    behind: Behind,
    asking: Asking,
    query: Annotated[str, Query(max_length=2000, description="What the assistant is about to do.")] = "",
    max_tokens: Annotated[int, Query(ge=FEWEST_TOKENS, le=MOST_TOKENS)] = DEFAULT_TOKENS,
    quotes: Annotated[
        bool, Query(description="With the best quote for each; only for a caller that may read what was on screen.")
    ] = False,
) -> ContextView:
    """The propositions that matter for a query and for what the person does now, within a budget of tokens."""
    asking.through("GET /v1/context")
    return chosen(behind.store, Asked(query, max_tokens, quotes), asking, behind.clock())
