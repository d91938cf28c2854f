"""clients: add, list, revoke, preview, log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, table
from gum.records import Theme

if TYPE_CHECKING:
    from gum.client import ClientView, DisclosureView

SCOPES = ("context", "read", "propose", "verdict", "write", "observe", "admin")
ALL = "all"


@click.group(cls=NearestGroup, help="Programs with a token of their own, and what they were shown.")
def clients() -> None:
    pass


@clients.command(help="Give a program a token of its own; it is shown this once.")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, default=("context",), show_default=True, type=click.Choice(SCOPES))
@click.option("--for", "lasts", default=None, help="How long it is valid: 8h, 30d; for good when absent.")
@click.option(
    "--theme",
    "themes",
    multiple=True,
    type=click.Choice([one.value for one in Theme]),
    help="Only this topic; all when absent.",
)
@click.option("--sensitive", multiple=True, help="A sensitive category that may be shown, or 'all'; none when absent.")
@click.option("--min-probability", default=0.0, type=click.FloatRange(0, 1), help="Nothing less likely is shown.")
@click.option("--newest", default=None, help="Only what showed in this time: 7d; all when absent.")
@json_option
def add(
    *,
    name: str,
    scopes: tuple[str, ...],
    lasts: str | None,
    themes: tuple[str, ...],
    sensitive: tuple[str, ...],
    min_probability: float,
    newest: str | None,
    as_json: bool,
) -> None:
    limits: dict[str, Any] = {
        "themes": list(themes) or None,
        "sensitive": [one for one in sensitive if one != ALL],
        "all_sensitive": ALL in sensitive,
        "min_probability": min_probability,
        "days": _days(lasts),
        "newest_days": _days(newest),
    }
    with daemon() as client:
        added = client.add_client(name, scopes, **limits)
    if as_json:
        emit(added)
        return
    click.echo(added.token)
    click.echo(f"This is the token of {name!r}; it is not shown again. {_may(added.client)}", err=True)
    click.echo(f"What it would see: gumctl clients preview {name}", err=True)


@clients.command(name="list", help="List the clients.")
@json_option
def list_(as_json: bool) -> None:
    with daemon() as client:
        known = client.clients()
    if as_json:
        emit(known)
        return
    rows = [(one.name, ", ".join(one.scopes), _limits(one), _until(one), local(one.last_used)) for one in known]
    table(("name", "scopes", "sees", "valid", "last answered"), rows, "No client has a token of its own.")


@clients.command(help="End a client's access at once.")
@click.argument("name")
@json_option
def revoke(name: str, as_json: bool) -> None:
    with daemon() as client:
        revoked = client.revoke_client(name)
    if as_json:
        emit(revoked)
    else:
        click.echo(f"{name} has no access any more.")


@clients.command(help="Show what a client would see now.")
@click.argument("name")
@click.argument("query", default="")
@json_option
def preview(name: str, query: str, as_json: bool) -> None:
    with daemon() as client:
        shown = client.preview_client(name, query)
    if as_json:
        emit(shown)
        return
    click.echo(f"{name}: {_until(shown.client)}; sees {_limits(shown.client)}")
    for sentence in shown.may:
        click.echo(f"  may: {sentence}")
    for sentence in shown.may_not:
        click.echo(f"  may not: {sentence}")
    click.echo(f"It could see {shown.seen} propositions; {shown.withheld} are withheld.")
    rows = [(str(one.id), one.likelihood, one.theme, one.text) for one in shown.propositions]
    table(("id", "likely", "topic", "proposition"), rows, "It sees no proposition.")
    if shown.context:
        click.echo(f"As context{f' for {query!r}' if query else ''} it gets:\n{shown.context}")


@clients.command(help="Show what was told to whom, the newest first: ids and counts.")
@click.option("--client", "name", default=None, help="Only this client; 'you' is your own token.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@click.option("--cursor", default=None, help="Where the last page ended.")
@json_option
def log(name: str | None, limit: int, cursor: str | None, as_json: bool) -> None:
    with daemon() as client:
        page = client.access(name, limit=limit, cursor=cursor)
    if as_json:
        emit(page)
        return
    rows = [(local(one.at), one.client, one.route, _shown(one)) for one in page.items]
    table(("time", "client", "asked", "shown"), rows, "Nothing was shown to any client.")
    if page.next:
        click.echo(f"There are more: --cursor {page.next}", err=True)


def _days(length: str | None) -> float | None:
    return times.duration(length).total_seconds() / 86400 if length else None


def _may(client: ClientView) -> str:
    return f"It may {', '.join(client.scopes)}, and sees {_limits(client)}."


def _limits(client: ClientView) -> str:
    limits = client.limits
    parts = [
        f"topics {', '.join(limits.themes)}" if limits.themes is not None else "all topics",
        "all that is sensitive" if limits.sensitive is None else ", ".join(limits.sensitive) or "nothing sensitive",
    ]
    if limits.min_probability:
        parts.append(f"from {limits.min_probability:.2f} on")
    if limits.newest_days is not None:
        parts.append(f"of the last {limits.newest_days:g} days")
    return "; ".join(parts)


def _until(client: ClientView) -> str:
    if client.revoked:
        return "revoked"
    return f"until {local(client.expires_at)}" if client.expires_at else "for good"


def _shown(one: DisclosureView) -> str:
    parts = []
    for kind, told in one.shown.items():
        ids = ", ".join(map(str, told["ids"][:12]))
        parts.append(f"{told['count']} {kind} ({ids}{', ...' if told['count'] > 12 else ''})")
    return "; ".join(parts)
