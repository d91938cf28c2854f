"""The records that travel through the program: frozen, typed, free of behaviour.

Times are aware datetimes; they are stored in UTC and shown in local time.
Rectangles are in pixels of the whole screen, origin at its top left corner.
"""

from __future__ import annotations

from gum.records.capture import Capture, Frame, InputCounts, Monitor, Rect, Window
from gum.records.evidence import Draft, Evidence, Quote, Relation, Stance
from gum.records.observation import Coverage, CoverageState, Episode, InferenceState, Observation
from gum.records.proposition import (
    LIVE,
    PREDICATES,
    SENSITIVE_CATEGORIES,
    Claim,
    Durability,
    Hit,
    Kind,
    Proposition,
    Revision,
    SensitiveCategory,
    Status,
    Theme,
)
from gum.records.suggestion import Candidate, Outcome, Preview, Suggestion
from gum.records.trust import Trust
from gum.records.verdict import Verdict

__all__ = [
    "LIVE",
    "PREDICATES",
    "SENSITIVE_CATEGORIES",
    "Candidate",
    "Capture",
    "Claim",
    "Coverage",
    "CoverageState",
    "Draft",
    "Durability",
    "Episode",
    "Evidence",
    "Frame",
    "Hit",
    "InferenceState",
    "InputCounts",
    "Kind",
    "Monitor",
    "Observation",
    "Outcome",
    "Preview",
    "Proposition",
    "Quote",
    "Rect",
    "Relation",
    "Revision",
    "SensitiveCategory",
    "Stance",
    "Status",
    "Suggestion",
    "Theme",
    "Trust",
    "Verdict",
    "Window",
]
