"""What is never seen, what was counted, and what talks to whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.daemon.egress import MOST_SECONDS, watched
from gum.perceive.exclusion.kept import pattern_of
from gum.wire import EgressView, ExclusionIn, ExclusionTest, ExclusionView, LedgerRow

router = APIRouter(tags=["privacy"])

Kind = Literal["app", "title", "site"]


@router.get("/exclusions", dependencies=[require(Scope.ADMIN)])
def exclusions(behind: Behind) -> list[ExclusionView]:
    """The rules in force: the person's own, those of the settings file, and the seeded ones."""
    return [ExclusionView.model_validate(rule) for rule in behind.exclusions.rules()]


@router.post("/exclusions", dependencies=[require(Scope.ADMIN)])
def exclude(behind: Behind, body: ExclusionIn) -> ExclusionView:
    """Hide an application, a title or a site from now on; what was seen before stays until it is forgotten."""
    pattern = body.pattern
    if body.observation is not None:
        pattern = pattern_of(body.kind, behind.store.observations.get(body.observation))
    return ExclusionView.model_validate(behind.exclusions.add(body.kind, pattern))


@router.delete("/exclusions", dependencies=[require(Scope.ADMIN)])
def unexclude(behind: Behind, kind: Kind, pattern: Annotated[str, Query(max_length=300)]) -> ExclusionView:
    """Stop hiding what a rule names; a rule of the settings file is removed there."""
    return ExclusionView.model_validate(behind.exclusions.remove(kind, pattern))


@router.get("/exclusions/test", dependencies=[require(Scope.ADMIN)])
def would_be_seen(
    behind: Behind,
    app: Annotated[str, Query(max_length=300)] = "",
    title: Annotated[str, Query(max_length=1000)] = "",
    url: Annotated[str, Query(max_length=2000)] = "",
) -> ExclusionTest:
    """Whether a window of this class, title and address would be seen, and the rule that hides it."""
    rule = behind.exclusions.matching(app, title, url)
    return ExclusionTest(seen=rule is None, rule=ExclusionView.model_validate(rule) if rule else None)


@router.get("/ledger", dependencies=[require(Scope.ADMIN)])
def ledger(behind: Behind, since: date | None = None, until: date | None = None) -> list[LedgerRow]:
    """What was kept, hidden, held back, disclosed and removed, counted by local day and reason, without content."""
    return [LedgerRow.model_validate(entry) for entry in behind.store.ledger.between(since, until)]


@router.get("/egress", dependencies=[require(Scope.ADMIN)])
def egress(behind: Behind, seconds: Annotated[float, Query(ge=0, le=MOST_SECONDS)] = 3.0) -> EgressView:
    """Watch the connections of the daemon and its children for some seconds."""
    return watched(seconds, behind.config)
