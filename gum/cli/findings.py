"""Shows what is believed, grouped by theme, with the words that it rests on and where they stood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from gum.cli.output import local, printable
from gum.wire import PropositionDetail, PropositionView, SuggestionView

LASTS = {
    "moment": "for about an hour",
    "task": "for a few days",
    "project": "for weeks",
    "phase": "for months",
    "trait": "for years",
}
HEADINGS = {
    "work": "Work",
    "projects": "Projects",
    "people": "People",
    "habits": "Habits",
    "preferences": "Preferences",
    "tools": "Tools",
    "life": "Life",
}
QUOTES = 2
LONGEST_QUOTE = 100


def propositions(details: Iterable[PropositionDetail]) -> None:
    """Write every proposition under its theme, the most probable first."""
    kept = list(details)
    for theme, heading in HEADINGS.items():
        here = [one for one in kept if one.proposition.theme == theme]
        if here:
            click.secho(f"\n{heading}", bold=True)
        for detail in here:
            _proposition(detail)


def _proposition(detail: PropositionDetail) -> None:
    one = detail.proposition
    click.echo(f"  {printable(one.text)}")
    click.secho(f"    {one.likelihood} ({one.probability:.2f}); {_lifetime(one)}", dim=True)
    strongest = sorted(detail.evidence, key=lambda piece: (-abs(piece.weight), piece.at))
    for piece in strongest[:QUOTES]:
        where = "" if piece.quote in piece.title else f" in {_short(piece.title or piece.app)}"
        against = "against: " if piece.stance == "against" else ""
        click.secho(f"    {against}“{_short(piece.quote)}”{where}, {local(piece.at)}", dim=True)


def _lifetime(one: PropositionView) -> str:
    until = f", until {one.valid_to.astimezone():%Y-%m-%d}" if one.valid_to else ""
    return f"holds {LASTS[one.durability]}{until}"


def _short(text: str) -> str:
    plain = " ".join(printable(text).split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[: LONGEST_QUOTE - 1]}…"


def suggestions(offered: Iterable[SuggestionView]) -> None:
    """Write what it would offer to do, and what it offered in its time."""
    kept = list(offered)
    click.secho("\nIt would suggest" if kept else "\nIt would suggest nothing.", bold=True)
    for one in kept:
        click.echo(f"  {printable(one.title)}")
        over = "; of no more use by now" if one.status == "expired" else ""
        click.secho(f"    {printable(one.why)} ({local(one.created_at)}{over})", dim=True)


def counts(numbers: dict[str, Any]) -> None:
    """Write how much was seen."""
    click.echo(
        "\n{frames} frames, {observations} observations, {episodes} episodes, {propositions} propositions "
        "in {seconds:.0f} seconds".format(**numbers)
    )
