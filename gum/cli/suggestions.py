"""suggestions: list, show, accept, later, dismiss, not-this-kind, undo, refine, results, digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum import clock
from gum.cli import deciding
from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, printable, table
from gum.cli.progress import watched
from gum.cli.times import ahead
from gum.errors import GumError

if TYPE_CHECKING:
    from gum.client import Client, SuggestionView

STATES = ("shown", "snoozed", "silent", "accepted", "dismissed", "expired", "undone")
id_argument = click.argument("id", type=click.IntRange(1))


@click.group(cls=NearestGroup, help="What it offers to do for you.")
def suggestions() -> None:
    pass


for _command in (deciding.why, deciding.model, deciding.allow):
    suggestions.add_command(_command)


@suggestions.command(name="list", help="List suggestions; 'silent' ones were held back, with the reason.")
@click.option("--status", multiple=True, type=click.Choice(STATES), default=("shown",), show_default=True)
@click.option("--all", "every", is_flag=True, help="Of every state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500))
@json_option
def list_(status: tuple[str, ...], every: bool, limit: int, as_json: bool) -> None:
    with daemon() as client:
        found = client.suggestions(() if every else status, limit)
    if as_json:
        emit(found)
        return
    rows = [(str(one.id), one.status, one.kind, local(one.created_at), one.title) for one in found]
    table(("id", "state", "kind", "made", "suggestion"), rows, "There are no suggestions.")


@suggestions.command(help="Show one, and what accepting it would do.")
@id_argument
@json_option
def show(id: int, as_json: bool) -> None:
    with daemon() as client:
        one, preview = client.suggestion(id), client.preview(id)
    if as_json:
        emit({"suggestion": one.model_dump(mode="json"), "preview": preview.model_dump(mode="json")})
        return
    _write(one)
    click.echo(f"  accepting would: {printable(preview.summary)}")
    for said, places in (("write", preview.files), ("open", preview.opens)):
        for place in places:
            click.echo(f"    {said} {printable(place)}")
    click.echo(f"\n{printable(preview.content)}")


@suggestions.command(help="Carry it out.")
@id_argument
@json_option
def accept(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(watched(lambda: client.accept(id), lambda: _step(client, id)), as_json)


@suggestions.command(help="Turn it down.")
@id_argument
@click.option("--reason", default="", help="Why; it learns from it.")
@json_option
def dismiss(id: int, reason: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.dismiss(id, reason), as_json)


@suggestions.command(help="Put it off: for a time (30m, 2h, 1d) or until an instant; without one, as the settings say.")
@id_argument
@click.argument("until", default="")
@json_option
def later(id: int, until: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.snooze(id, ahead(until, clock.now()) if until else None), as_json)


@suggestions.command(name="not-this-kind", help="Turn it down with all others of its kind.")
@id_argument
@json_option
def not_this_kind(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.not_this_kind(id), as_json)


@suggestions.command(help="What accepted suggestions made, by project.")
@json_option
def results(as_json: bool) -> None:
    with daemon() as client:
        found = client.results()
    if as_json:
        emit(found)
        return
    rows = [
        (one.project, str(made.id), str(made.result.get("summary", "")), " ".join(made.files))
        for one in found
        for made in one.results
    ]
    table(("project", "id", "what", "where"), rows, "There are no results.")


@suggestions.command(help="What waits for you, what was done, and which notifications matter.")
@json_option
def digest(as_json: bool) -> None:
    with daemon() as client:
        found = client.digest()
    if as_json:
        emit(found)
        return
    click.echo(found.line or "Nothing waits for you.")
    for heading, some in (("waiting", found.open), ("held back by the moment", found.held_back), ("done", found.done)):
        for one in some:
            click.echo(f"  {heading}: {one.id}  {printable(one.title)}")
    for told in found.notifications:
        click.echo(f"  {told.rank}: {printable(told.app)}: {printable(told.summary)}")


@suggestions.command(help="Take back the last version of a result, and with the first all that accepting did.")
@id_argument
@json_option
def undo(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.undo_suggestion(id), as_json)


@suggestions.command(help="Have a model write a result anew: 'shorter', 'in French', 'redo'. undo takes it back.")
@id_argument
@click.argument("wish")
@json_option
def refine(id: int, wish: str, as_json: bool) -> None:
    with daemon() as client:
        one = watched(lambda: client.refine(id, wish), lambda: _step(client, id))
    if as_json:
        emit(one)
        return
    _write(one)
    click.echo(f"\n{printable(one.result['versions'][-1]['text'])}")


def _step(client: Client, id: int) -> tuple[str, float | None]:
    """Return what is being done just now; what cannot be told then stops nothing."""
    try:
        now = client.progress(id)
    except GumError:
        return "", None
    return printable(now.step), now.share


def _tell(one: SuggestionView, as_json: bool) -> None:
    if as_json:
        emit(one)
    else:
        _write(one)


def _write(one: SuggestionView) -> None:
    click.echo(f"{printable(one.title)} [{one.status}]")
    click.echo(f"  why: {printable(one.why)}")
    if summary := one.result.get("summary"):
        click.echo(f"  {printable(str(summary))}")
