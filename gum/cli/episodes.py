"""episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum import clock
from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, table

if TYPE_CHECKING:
    from gum.client import EpisodeView


@click.command(help="List stretches of one activity, oldest first.")
@click.option("--since", default="1d", show_default=True, help="A time, or how long ago: 2h, 2026-03-01.")
@click.option("--until", default=None, help="A time, or how long ago.")
@json_option
def episodes(since: str, until: str | None, as_json: bool) -> None:
    now = clock.now()
    with daemon() as client:
        found = client.episodes(times.past(since, now), times.past(until, now) if until else None)
    if as_json:
        emit(found)
        return
    rows = [(str(one.id), local(one.started_at), _span(one.dwell_s), one.app, _what(one), one.state) for one in found]
    table(("id", "from", "for", "app", "what", "state"), rows, "There were no episodes in that time.")


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds / 60:.0f} min"


def _what(one: EpisodeView) -> str:
    return one.topic or one.document
