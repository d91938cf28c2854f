"""forget: preview, forget, list, undo."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, printable, table

if TYPE_CHECKING:
    from gum.client import ForgetIn, ForgetPreview, Forgotten


@click.group(
    cls=NearestGroup,
    invoke_without_command=True,
    help="Forget what is named; what is named together must all hold. A preview is shown and a yes asked for.",
)
@click.option("--last", metavar="1h", help="The time up to now.")
@click.option("--since", metavar="TIME", help="From this time on: 2026-03-01, 2026-03-01T09:30, or 2h ago as 2h.")
@click.option("--until", metavar="TIME", help="Up to this time.")
@click.option("--app", default="", help="An application, by its whole name.")
@click.option("--site", default="", help="A site, by its host name; subdomains too.")
@click.option("--title", default="", help="Words in a window's title.")
@click.option("--text", default="", help="Words anywhere.")
@click.option("--person", default="", help="A person's name.")
@click.option("--proposition", type=int, metavar="ID", help="One proposition.")
@click.option("--everything", is_flag=True, help="All that is kept.")
@click.option("--now", is_flag=True, help="Let the bytes be gone at once; it cannot be undone.")
@click.option("--undo", metavar="10m", help="How long it can be undone, in place of keep.undo_hours.")
@click.option("--preview", "only_preview", is_flag=True, help="Show what would go, and stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_context
def forget(
    context: click.Context,
    /,
    last: str | None,
    since: str | None,
    until: str | None,
    now: bool,
    undo: str | None,
    only_preview: bool,
    yes: bool,
    as_json: bool,
    **named: Any,
) -> None:
    if context.invoked_subcommand is not None:
        return
    if now and undo:
        raise click.UsageError("What goes --now cannot be undone.")
    with daemon() as client:
        selection = _selection(last, since, until, named)
        found = client.forget_preview(selection)
        if only_preview:
            _show(found, as_json)
            return
        if not yes:
            _show(found, False, err=as_json)
        if not yes and not _agreed(found, now):
            click.echo("Nothing was forgotten.", err=True)
            return
        minutes = times.duration(undo).total_seconds() / 60 if undo else None
        done = client.forget(selection, now=now, undo_minutes=minutes)
    _told(done, as_json)


@forget.command("list", help="What was forgotten, and until when it can be undone.")
@json_option
def listed(as_json: bool) -> None:
    with daemon() as client:
        found = client.forgotten()
    if as_json:
        emit({"forgotten": found})
        return
    rows = [(str(one.id), local(one.at), _state(one), _counted(one.counts)) for one in found]
    table(("id", "when", "state", "what"), rows, "Nothing was forgotten.")


@forget.command(help="Bring back what was forgotten, while that can be done.")
@click.argument("id", type=int)
@json_option
def undo(id: int, as_json: bool) -> None:
    with daemon() as client:
        done = client.undo_forget(id)
    if as_json:
        emit(done)
    else:
        click.echo(f"Brought back: {_counted(done.counts)}.")


def _selection(last: str | None, since: str | None, until: str | None, named: dict[str, Any]) -> ForgetIn:
    from gum.client import ForgetIn

    return ForgetIn(
        last_minutes=times.duration(last).total_seconds() / 60 if last else None,
        since=times.past_or_none(since),
        until=times.past_or_none(until),
        **named,
    )


def _agreed(found: ForgetPreview, now: bool) -> bool:
    if not any(found.counts.values()):
        return False
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here; add --yes to forget.")
    return click.confirm("Forget it for good?" if now else "Forget it?", err=True)


def _show(found: ForgetPreview, as_json: bool, err: bool = False) -> None:
    if as_json:
        emit(found)
        return
    click.echo(f"This would go: {_counted(found.counts) or 'nothing'}.", err=err)
    for heading, examples in (("seen", found.titles), ("believed", found.propositions)):
        for one in examples:
            click.echo(f"  {heading:<9} {printable(one)}", err=err)
    _elsewhere(found, err)
    for name, count in found.alone.items():
        where = f"{count} more observation{'s' if count > 1 else ''}"
        click.echo(f"'{printable(name)}' alone stands in {where}; to take it too: --person '{name}'", err=err)
    if kept := found.counts.get("tombstones_kept"):
        click.echo(
            f"{kept} entries of what is never to be inferred tell of it and stay; name their words to remove them.",
            err=err,
        )


def _elsewhere(found: ForgetPreview | Forgotten, err: bool = False) -> None:
    for path in found.exports:
        click.echo(f"It may also stand in this export, which stays: {path}", err=err)
    for path in found.left:
        click.echo(f"This file was changed by you and stays: {path}", err=err)


def _told(done: Forgotten, as_json: bool) -> None:
    if as_json:
        emit(done)
        return
    click.echo(f"Forgotten: {_counted(done.counts) or 'nothing'}.")
    if done.state == "hidden":
        click.echo(f"Until {local(done.erase_at)} it can be brought back: gumctl forget undo {done.id}")
    else:
        click.echo("Its bytes are gone.")
    _elsewhere(done)


def _state(one: Forgotten) -> str:
    return f"can be undone until {local(one.erase_at)}" if one.state == "hidden" else one.state


def _counted(counts: dict[str, int]) -> str:
    """Return counts in words, such as '3 observations, 1 frame'."""
    words = {"audit_decisions": "audit decisions", "rescored": "propositions with less support"}
    return ", ".join(
        f"{count} {words.get(what, what)}" for what, count in counts.items() if count and what != "tombstones_kept"
    )
