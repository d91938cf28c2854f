"""ledger: what was kept, hidden, held back, disclosed and removed, in numbers."""

from __future__ import annotations

from datetime import timedelta

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, table


@click.command(help="Count what was kept, hidden, held back, disclosed and removed, by day and reason.")
@click.option("--days", type=click.IntRange(1, 3650), default=7, show_default=True, help="So many days up to today.")
@json_option
def ledger(days: int, as_json: bool) -> None:
    with daemon() as client:
        today = client.status().clock.astimezone().date()
        rows = client.ledger(since=today - timedelta(days=days - 1))
    if as_json:
        emit(rows)
        return
    cells = [(str(row.day), row.what, row.reason, str(row.count)) for row in rows]
    table(("day", "what", "reason", "count"), cells, "Nothing was counted in these days.")
