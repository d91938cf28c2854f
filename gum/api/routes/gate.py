"""What the gate has learned, and which kinds it may offer."""

from __future__ import annotations

from fastapi import APIRouter

from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.suggest.need.estimate import shipped
from gum.wire import AllowedView, AllowIn, GateView

router = APIRouter(tags=["suggestions"])


@router.get("/gate", dependencies=[require(Scope.READ)])
def gate(behind: Behind) -> GateView:
    """The weights of P(useful) by name, after the answers so far."""
    learned = behind.suggesting.learned()
    refused = {one.kind for one in behind.store.suggestions.list(["dismissed"]) if one.result.get("scope") == "kind"}
    return GateView(
        answers=learned.answers,
        weights={name: round(weight, 4) for name, weight in learned.weights.items()},
        need=shipped().named(),
        refused=sorted(refused),
    )


@router.post("/gate/allow", dependencies=[require(Scope.VERDICT)])
def allow(behind: Behind, body: AllowIn) -> AllowedView:
    """Let a kind be offered again."""
    return AllowedView(kind=body.kind, taken_back=behind.suggesting.allow(body.kind))
