"""How a belief is written in lists: its sign, its sentence, and a quieter line of what is known of it."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from gum.client import PropositionView
from gum.records import Status
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.widgets.probability import bar_in_words

PERSON = "person"
"""The daemon's name for the one whose beliefs these are, as the author of a change."""

SIGNS = {
    Status.CANDIDATE: "○",
    Status.ACTIVE: "●",
    Status.CONFIRMED: "✓",
    Status.REJECTED: "✗",
    Status.SUPERSEDED: "↷",
    Status.RETIRED: "◌",
}

STATUSES = {
    Status.CANDIDATE: "a guess so far",
    Status.ACTIVE: "believed",
    Status.CONFIRMED: "confirmed by you",
    Status.REJECTED: "rejected by you",
    Status.SUPERSEDED: "replaced by a newer belief",
    Status.RETIRED: "no longer current",
}


def author(name: str) -> str:
    """Return who stated or changed a belief: the person or an engine."""
    return "you" if name == PERSON else inert(name)


def sign(belief: PropositionView) -> str:
    """Return one character: a star where it is pinned, else its status."""
    return "★" if belief.pinned else SIGNS[belief.status]


def sign_colour(belief: PropositionView) -> str:
    """Return the theme colour of the sign."""
    if belief.pinned or belief.status is Status.CONFIRMED:
        return "$for"
    return "$against" if belief.status is Status.REJECTED else "$quiet"


def gone(belief: PropositionView) -> bool:
    """Return whether it is no longer held."""
    return belief.status in {Status.REJECTED, Status.SUPERSEDED, Status.RETIRED}


def sentence(belief: PropositionView) -> Content:
    """Return the belief's own words; struck through when it is no longer held."""
    text = Content(inert(belief.text))
    return text.stylize("strike") if gone(belief) else text


def about(belief: PropositionView, now: datetime) -> Content:
    """Return the quieter line: probability, kind, lifetime, last seen."""
    return Content.assemble(
        bar_in_words(belief.probability),
        (f" · {belief.kind.value} · {belief.durability.value} · {phrases.ago(belief.last_supported, now)}", "$quiet"),
    )


def row(belief: PropositionView, now: datetime) -> Content:
    """Return sentence and quieter line under each other."""
    return Content.assemble((f"{sign(belief)} ", sign_colour(belief)), sentence(belief), "\n  ", about(belief, now))
