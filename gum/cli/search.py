"""search."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, table


@click.command(help="Find what is believed about something.")
@click.argument("query")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@json_option
def search(query: str, limit: int, as_json: bool) -> None:
    with daemon() as client:
        hits = client.search(query, limit)
    if as_json:
        emit(hits)
        return
    rows = [
        (str(hit.proposition.id), " and ".join(hit.arms), f"{hit.proposition.probability:.2f}", hit.proposition.text)
        for hit in hits
    ]
    table(("id", "found by", "p", "proposition"), rows, "Nothing is believed about that.")
