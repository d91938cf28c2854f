"""preferences."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, printable


@click.command(help="Show what you prefer in a domain, such as films, and whether now is the time for it.")
@click.argument("domain")
@json_option
def preferences(domain: str, as_json: bool) -> None:
    with daemon() as client:
        found = client.preferences(domain)
    if as_json:
        emit(found)
        return
    click.echo(printable(found.text))
    if found.note:
        click.echo(found.note, err=True)
