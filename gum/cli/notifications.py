"""notifications."""

from __future__ import annotations

import click

from gum import clock
from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, table
from gum.cli.times import past


@click.command(help="Show the notifications of other programs, what matters most first, with the reason.")
@click.option("--since", default="", help="How long ago (2h, 1d), or since which instant; else today's.")
@json_option
def notifications(since: str, as_json: bool) -> None:
    with daemon() as client:
        found = client.notifications(past(since, clock.now()) if since else None)
    if as_json:
        emit(found)
        return
    rows = [
        (f"{one.rank}, held" if one.state == "held" else one.rank, local(one.at), one.app, one.summary, one.reason)
        for one in found.items
    ]
    table(("matters", "at", "from", "summary", "why"), rows, found.note or "There were no notifications.")
