"""How reliable the beliefs are and what the days were spent on, in figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.daemon.insights import insights as figures
from gum.wire import InsightsView

router = APIRouter(tags=["insights"])


@router.get("/insights", dependencies=[require(Scope.READ)])
def insights(behind: Behind, days: Annotated[int, Query(ge=1, le=366)] = 28) -> InsightsView:
    """Brier score and calibration error by week, accuracy by kind and engine, and where the time of the days went."""
    return InsightsView.model_validate(figures(behind.store, behind.clock(), days))
