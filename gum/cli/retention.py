"""retention: how long things are kept, how much room they take, and what was removed."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, table


@click.command(help="How long things are kept, how much room they take, and what was removed in 30 days.")
@json_option
def retention(as_json: bool) -> None:
    with daemon() as client:
        found = client.retention()
    if as_json:
        emit(found)
        return
    for one in found.limits:
        click.echo(f"{one.what:<13} {'kept until forgotten' if one.days is None else f'kept {one.days:g} days'}")
    used = found.used_bytes
    click.echo(
        f"{'room':<13} {sum(used.values()) / 1e6:.1f} of {found.budget_bytes / 1e6:.0f} MB "
        f"({', '.join(f'{what} {size / 1e6:.1f}' for what, size in used.items())})"
    )
    click.echo(f"{'forgetting':<13} can be undone for {found.undo_hours:g} hours")
    click.echo(f"{'last round':<13} {local(found.last_run) or 'none yet'}")
    if found.over:
        click.echo("The budget is too small for what propositions rest on; raise store.disk_budget_mb.")
    rows = [(one.day, one.what, one.reason, str(one.count)) for one in found.removed]
    table(("day", "what", "reason", "count"), rows, "Nothing was removed in the last 30 days.")
