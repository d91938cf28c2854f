"""events."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import json_option, local

KINDS = ("observation", "episode", "proposition", "suggestion", "status")


@click.command(help="Show what happens as it happens, until interrupted.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; all when absent.")
@click.option("--count", default=None, type=click.IntRange(1), help="End after so many.")
@json_option
def events(kinds: tuple[str, ...], count: int | None, as_json: bool) -> None:
    with daemon() as client:
        for number, event in enumerate(client.events(kinds), start=1):
            if as_json:
                click.echo(event.model_dump_json())
            else:
                click.echo(f"{local(event.at)}  {event.kind} {event.id or ''} {event.change}")
            if number == count:
                return
