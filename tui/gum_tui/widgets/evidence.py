"""A quote for or against a belief, with where and when it stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.widgets import Static

from gum.client import EvidenceView
from gum.records import Stance
from gum_tui import phrases
from gum_tui.inert import inert

LONGEST = 600
PICTURE = "▣"
"""The sign of a quote whose frame is kept."""


class Quote(Static):
    """A quote with the rule of its side, however many lines it takes; `lead` stands before it."""

    DEFAULT_CSS = """
    Quote { height: auto; padding: 0 0 0 1; margin-bottom: 1; }
    Quote.-for { border-left: outer $for; }
    Quote.-against { border-left: outer $against; }
    """

    def __init__(self, evidence: EvidenceView, now: datetime, lead: str = "") -> None:
        super().__init__(Content.assemble(lead, quote(evidence, now)), classes=f"-{evidence.stance}", markup=False)


def quote(evidence: EvidenceView, now: datetime) -> Content:
    """Return the quote, and below it when and where it was seen."""
    return Content.assemble(f"“{inert(evidence.quote, longest=LONGEST)}”\n", (about(evidence, now), "$quiet"))


def about(evidence: EvidenceView, now: datetime) -> str:
    """Return when and where a quote was seen, and how far that is trusted."""
    app, title = inert(evidence.app), inert(evidence.title)
    if evidence.quote in evidence.title:
        title = "window title"
    place = title if app and app in title else " · ".join(part for part in (app, title) if part)
    parts = [phrases.when(evidence.at, now), place or "no window", phrases.TRUSTS[evidence.trust.value]]
    return " · ".join([*parts, PICTURE] if evidence.frame else parts)


def newest(evidence: Sequence[EvidenceView], stance: Stance) -> list[EvidenceView]:
    """Return the evidence of one side, the newest first."""
    return sorted((each for each in evidence if each.stance is stance), key=lambda each: each.at, reverse=True)


def best(evidence: Sequence[EvidenceView], stance: Stance, most: int) -> list[EvidenceView]:
    """Return what weighs most on one side, each quote once."""
    kept: dict[str, EvidenceView] = {}
    for each in sorted(newest(evidence, stance), key=lambda each: -abs(each.weight)):
        kept.setdefault(each.quote, each)
    return list(kept.values())[:most]
