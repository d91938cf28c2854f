"""How reliable the beliefs are and what the days were spent on, in figures."""

from __future__ import annotations

import datetime as dt

from gum.wire.base import Wire

__all__ = ["AccuracyView", "EngineUseView", "InsightsView", "ScoreView", "SpentView"]


class ScoreView(Wire):
    """Brier score and expected calibration error of all verdicts up to the end of a local week (from Monday)."""

    week: dt.date
    count: int
    brier: float
    ece: float


class AccuracyView(Wire):
    """Of the beliefs of a kind or an engine that the person judged, how many were true."""

    name: str
    judged: int
    true: int


class SpentView(Wire):
    """An application with its seconds, or a topic or person with its pieces of evidence, in all and by week."""

    name: str
    total: float
    by_week: list[float]


class EngineUseView(Wire):
    """How many propositions an engine made last, and that stand."""

    engine: str
    propositions: int


class InsightsView(Wire):
    """The last `days` local days in figures.

    `scores` and the accuracies go over all verdicts that stand.  `hours` holds seconds of activity, one list of 24
    local hours for each day of the week from Monday; `weeks` are the Mondays that `by_week` counts from.
    """

    days: int
    scores: list[ScoreView]
    by_kind: list[AccuracyView]
    by_engine: list[AccuracyView]
    hours: list[list[float]]
    weeks: list[dt.date]
    apps: list[SpentView]
    topics: list[SpentView]
    people: list[SpentView]
    engines: list[EngineUseView]
