"""token show."""

from __future__ import annotations

import click

from gum import paths
from gum.api import token as tokens
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option


@click.group(cls=NearestGroup, help="The token of the local API.")
def token() -> None:
    pass


@token.command(help="Print the token; whoever has it may read and change everything.")
@json_option
def show(as_json: bool) -> None:
    kept = tokens.read(paths.home().token)
    if as_json:
        emit({"token": kept, "path": str(paths.home().token)})
    else:
        click.echo(kept)
