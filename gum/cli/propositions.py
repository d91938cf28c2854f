"""propositions: list, show, and the person's verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, printable, table
from gum.records import LIVE, Kind, Status, Theme

if TYPE_CHECKING:
    from gum.client import PropositionDetail

id_argument = click.argument("id", type=click.IntRange(1))
note_option = click.option("--note", default="", help="Why, for your own memory.")


@click.group(cls=NearestGroup, help="What is believed about you, and your verdicts on it.")
def propositions() -> None:
    pass


@propositions.command(name="list", help="List propositions; those that were rejected or replaced with --all.")
@click.option("--query", default="", help="Only those that match, best first.")
@click.option("--status", multiple=True, type=click.Choice([one.value for one in Status]))
@click.option("--kind", multiple=True, type=click.Choice([one.value for one in Kind]))
@click.option("--theme", multiple=True, type=click.Choice([one.value for one in Theme]))
@click.option("--min-probability", default=0.0, type=click.FloatRange(0, 1))
@click.option("--all", "every", is_flag=True, help="Of every status.")
@click.option("--sort", default="-probability", show_default=True, help="probability, first_seen or last_supported.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500))
@click.option("--cursor", default=None, help="Where the last page ended.")
@json_option
def list_(
    *,
    query: str,
    status: tuple[str, ...],
    kind: tuple[str, ...],
    theme: tuple[str, ...],
    min_probability: float,
    every: bool,
    sort: str,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    with daemon() as client:
        page = client.propositions(
            query,
            status=status or (() if every else LIVE),
            kind=kind,
            theme=theme,
            min_probability=min_probability,
            sort=sort,
            limit=limit,
            cursor=cursor,
        )
    if as_json:
        emit(page)
        return
    rows = [
        (str(one.id), f"{one.probability:.2f}", one.likelihood, one.theme, one.durability, one.text)
        for one in page.items
    ]
    table(("id", "p", "in words", "theme", "lasts", "proposition"), rows, "Nothing is believed yet.")
    if page.next:
        click.echo(f"{page.total} in all; more with: --cursor {page.next}", err=True)


@propositions.command(help="Show one with its evidence and history.")
@id_argument
@json_option
def show(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.proposition(id), as_json)


@propositions.command(help="State something about yourself.")
@click.argument("text")
@json_option
def add(text: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.add_proposition(text), as_json)


@propositions.command(help="Say that it is true.")
@id_argument
@note_option
@json_option
def confirm(id: int, note: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.confirm(id, note), as_json)


@propositions.command(help="Say that it is false.")
@id_argument
@note_option
@json_option
def reject(id: int, note: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.reject(id, note), as_json)


@propositions.command(help="Give it your own wording.")
@id_argument
@click.argument("text")
@note_option
@json_option
def edit(id: int, text: str, note: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.edit(id, text, note), as_json)


@propositions.command(help="Keep it on top; --off to let it go.")
@id_argument
@click.option("--off", is_flag=True)
@json_option
def pin(id: int, off: bool, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.pin(id, not off), as_json)


@propositions.command(help="Take back your last change of it, or the one that you name, which may be an engine's.")
@id_argument
@click.option("--change", default=None, type=click.IntRange(2), help="The number of a change, as 'show' lists them.")
@json_option
def undo(id: int, change: int | None, as_json: bool) -> None:
    with daemon() as client:
        detail = client.undo(id, change)
    _tell(detail, as_json)
    for one in detail.revisions:
        if detail.revisions[-1].cause == f"undo of change {one.seq}":
            click.echo(f"Taken back: change {one.seq}, {printable(one.cause)} by {one.author}.", err=True)


@propositions.command(help="Reject it and never infer anything like it again.")
@id_argument
@json_option
def never(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.never_infer(id), as_json)


def _tell(detail: PropositionDetail, as_json: bool) -> None:
    if as_json:
        emit(detail)
        return
    one = detail.proposition
    click.echo(printable(one.text))
    click.echo(f"  {one.likelihood} ({one.probability:.2f}), {one.status}, {one.kind}, lasts as a {one.durability}")
    click.echo(f"  why: {printable(one.reasoning)}")
    click.echo(f"  by {one.engine}, seen {local(one.first_seen)} to {local(one.last_supported)}")
    for piece in detail.evidence:
        click.echo(f"  {piece.stance}: “{printable(piece.quote)}”, {printable(piece.title)} {local(piece.at)}")
    for change in detail.revisions:
        undone = ", undone" if change.undone else ""
        click.echo(f"  change {change.seq}: {change.cause} by {change.author}, {local(change.at)}{undone}")
