"""What the audit held back or let through, and the person's answers."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from gum.api import views
from gum.api.access import Scope, require
from gum.api.backend import Backend, Behind
from gum.store.audit import HELD, AuditDecision
from gum.wire import AuditView, CategoryIn, CategoryView, PropositionDetail

router = APIRouter(tags=["audit"])


@router.get("/audit", dependencies=[require(Scope.ADMIN)])
def audit(behind: Behind, decision: Literal["held", "allowed", "refused"] | None = None) -> list[AuditView]:
    """The decisions on what is sensitive, the newest first."""
    return [_view(behind, one) for one in reversed(behind.store.audit.list(decision))]


@router.post("/audit/{id}/allow", dependencies=[require(Scope.ADMIN)])
def allow(behind: Behind, id: int) -> PropositionDetail:
    """Let what was held back become a proposition with its evidence."""
    return views.detail(behind.store, behind.auditing.allow(id).id)


@router.post("/audit/{id}/refuse", dependencies=[require(Scope.ADMIN)])
def refuse(behind: Behind, id: int) -> AuditView:
    """Let it go for good; the same is held back silently from now on."""
    return _view(behind, behind.auditing.refuse(id))


@router.get("/audit/categories", dependencies=[require(Scope.ADMIN)])
def categories(behind: Behind) -> list[CategoryView]:
    """Every sensitive category: whether it may be inferred, what waits, what is believed."""
    return [CategoryView.model_validate(one) for one in behind.auditing.categories()]


@router.post("/audit/categories/{category}", dependencies=[require(Scope.ADMIN)])
def switch(behind: Behind, category: str, body: CategoryIn) -> CategoryView:
    """Allow a category, or hold it back, from now on; this outlasts what the settings file says."""
    return CategoryView.model_validate(behind.auditing.switch(category, body.allow))


def _view(behind: Backend, one: AuditDecision) -> AuditView:
    flow: dict[str, Any] = one.flow
    return AuditView.model_validate(
        {
            "id": one.id,
            "category": one.category,
            "decision": one.state,
            "reason": one.reason,
            "at": one.at,
            "kind": one.draft.get("kind"),
            "text": one.draft.get("text", ""),
            "quotes": [quote.text for quote in behind.store.audit.quotes(one.id)],
            "answerable": one.state == HELD and "text" in one.draft,
            "flow": flow or None,
            "answered_at": one.answered_at,
            "proposition": one.proposition,
        }
    )
