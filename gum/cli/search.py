"""search."""

from __future__ import annotations

import click

from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, table
from gum.records import Kind, Status, Theme


@click.command(help="Find what is believed about something.")
@click.argument("query")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--since", default=None, help="Seen or supported since: 7d, 2026-03-01 or 2026-03-01T09:30.")
@click.option("--until", default=None, help="First seen before.")
@click.option("--as-of", default=None, help="What was believed then.")
@click.option("--min-probability", default=None, type=click.FloatRange(0, 1), help="0 shows the hardly supported too.")
@click.option("--status", multiple=True, type=click.Choice([one.value for one in Status]))
@click.option("--kind", multiple=True, type=click.Choice([one.value for one in Kind]))
@click.option("--theme", multiple=True, type=click.Choice([one.value for one in Theme]))
@click.option("--diversity/--no-diversity", default=True, help="Prefer hits that are unlike each other.")
@click.option("--recency/--no-recency", default=True, help="Let what was supported lately weigh a bit more.")
@click.option("--rerank", is_flag=True, help="Let the engine have the last word on the order.")
@json_option
def search(
    *,
    query: str,
    limit: int,
    since: str | None,
    until: str | None,
    as_of: str | None,
    min_probability: float | None,
    status: tuple[str, ...],
    kind: tuple[str, ...],
    theme: tuple[str, ...],
    diversity: bool,
    recency: bool,
    rerank: bool,
    as_json: bool,
) -> None:
    with daemon() as client:
        hits = client.search(
            query,
            limit,
            since=times.past_or_none(since),
            until=times.past_or_none(until),
            as_of=times.past_or_none(as_of),
            min_probability=min_probability,
            status=status,
            kind=kind,
            theme=theme,
            diversity=diversity,
            recency=recency,
            rerank=rerank,
        )
    if as_json:
        emit(hits)
        return
    rows = [
        (str(hit.proposition.id), " and ".join(hit.arms), f"{hit.proposition.probability:.2f}", hit.proposition.text)
        for hit in hits
    ]
    table(("id", "found by", "p", "proposition"), rows, "Nothing is believed about that.")
