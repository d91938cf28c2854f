"""observations: list, add."""

from __future__ import annotations

from pathlib import Path

import click

from gum import clock
from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, table

FORMATS = ("auto", "text", "jsonl", "mail")
EACH = ("file", "line", "paragraph")
TRUST = ("document", "screen", "untrusted")


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


@observations.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "form", default="auto", show_default=True, type=click.Choice(FORMATS))
@click.option("--each", default="file", show_default=True, type=click.Choice(EACH), help="What of a text is an entry.")
@click.option("--observer", default=None, help="The name of the sensor it comes from.  [default: file, mail]")
@click.option("--title", default="", help="What it is; the file's name when absent.")
@click.option("--app", default="", help="The application it comes from.")
@click.option("--at", default=None, help="When it was seen; now when absent and the entry begins with no date.")
@click.option("--source", default="", help="A name that is unique to it; adding it again then changes nothing.")
@click.option(
    "--trust", default=None, type=click.Choice(TRUST), help="How far it can be believed.  [default: screen, untrusted]"
)
@json_option
def add(
    *,
    file: Path,
    form: str,
    each: str,
    observer: str | None,
    title: str,
    app: str,
    at: str | None,
    source: str,
    trust: str | None,
    as_json: bool,
) -> None:
    """Add what any sensor saw: a text, JSON Lines or mail; '-' reads standard input.

    A text is one entry, or with --each line or paragraph several; one that begins with a date is from then.  JSON Lines
    are objects such as {"text": "ran 5 km", "captured_at": "2026-03-01T18:30:00+01:00"}, sent as they come.  Mail is an
    .eml file or an mbox.  Adding the same file again adds nothing.
    """
    from gum.feeds import Defaults, read

    name = "" if str(file) == "-" else file.name
    known = Defaults(
        observer=observer or ("mail" if form == "mail" or file.suffix in {".eml", ".mbox"} else "file"),
        title=title,
        app=app,
        at=times.past(at, clock.now()) if at else None,
        source=source,
        trust=trust,
        file=name,
    )
    kept: list[int] = []
    entries = added = 0
    with daemon() as client:
        for capture in read(file, form, each, known):
            entries += 1
            taken = client.add_observation(capture)
            kept += taken.observations
            added += taken.added
    if as_json:
        emit({"entries": entries, "observations": kept, "added": added})
    elif added:
        click.echo(f"Kept as observation {_some(kept)}.")
    else:
        click.echo("That was there already." if entries else "There was nothing in it.")


def _some(ids: list[int]) -> str:
    shown = ", ".join(map(str, ids[:10]))
    return shown if len(ids) <= 10 else f"{shown} and {len(ids) - 10} more"
