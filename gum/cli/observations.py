"""observations: list, add."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gum import clock
from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, table
from gum.errors import RecordingError


@click.group(cls=NearestGroup, help="What was seen.")
def observations() -> None:
    pass


@observations.command(name="list", help="List observations of a span, oldest first.")
@click.option("--since", default="1d", show_default=True, help="A time, or how long ago: 2h, 2026-03-01.")
@click.option("--until", default=None, help="A time, or how long ago.")
@click.option("--app", default=None)
@click.option("--episode", default=None, type=click.IntRange(1))
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1000))
@click.option("--cursor", default=None, help="Where the last page ended.")
@json_option
def list_(
    *,
    since: str,
    until: str | None,
    app: str | None,
    episode: int | None,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    now = clock.now()
    start, end = times.past(since, now), times.past(until, now) if until else None
    with daemon() as client:
        page = client.observations(start, end, app=app, episode=episode, limit=limit, cursor=cursor)
    if as_json:
        emit(page)
        return
    rows = [(str(one.id), local(one.captured_at), one.kind, one.app, one.title, one.text[:60]) for one in page.items]
    table(("id", "time", "kind", "app", "title", "text"), rows, "Nothing was seen in that time.")
    if page.next:
        click.echo(f"There are more: --cursor {page.next}", err=True)


@observations.command(help="Add a text as something that was seen; '-' reads it from standard input.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--observer", default="file", show_default=True, help="The name of the sensor it comes from.")
@click.option("--title", default="", help="What it is; the file's name when absent.")
@click.option("--app", default="", help="The application it comes from.")
@click.option("--at", default=None, help="When it was seen; now when absent.")
@click.option("--source", default="", help="A name that is unique to it; adding it again then changes nothing.")
@json_option
def add(*, file: Path, observer: str, title: str, app: str, at: str | None, source: str, as_json: bool) -> None:
    from gum.client import CaptureIn

    capture = CaptureIn(
        observer=observer,
        captured_at=times.past(at, clock.now()) if at else None,
        app=app,
        title=title or ("" if str(file) == "-" else file.name),
        text=_text(file),
        source=source,
    )
    with daemon() as client:
        ingested = client.add_observation(capture)
    if as_json:
        emit(ingested)
    else:
        click.echo(f"Kept as observation {', '.join(map(str, ingested.observations)) or 'that was there already'}.")


def _text(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{file} cannot be read as UTF-8 text.") from error
    except OSError as error:
        raise RecordingError(f"{file} cannot be read: {error.strerror}.") from error
