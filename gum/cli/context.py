"""context."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, printable


@click.command(help="Show what an assistant should know about you, for a query and for what you do now.")
@click.argument("query", default="")
@click.option("--max-tokens", default=800, show_default=True, type=click.IntRange(50, 8000), help="How long it may be.")
@click.option("--quotes", is_flag=True, help="With the best quote for each.")
@json_option
def context(query: str, max_tokens: int, quotes: bool, as_json: bool) -> None:
    with daemon() as client:
        found = client.context(query, max_tokens, quotes)
    if as_json:
        emit(found)
        return
    click.echo(printable(found.text))
    click.echo(f"{found.tokens} of {found.max_tokens} tokens; {found.omitted} more had no room. {found.note}", err=True)
