"""observe: see here, and send what is seen to a daemon on another machine."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from gum.cli.output import emit, json_option
from gum.errors import ConfigError


@click.command()
@click.option("--to", "url", required=True, metavar="URL", help="The daemon's address: https, or a tunnel's loopback.")
@click.option(
    "--token-file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with a token of the scope observe; readable by you alone.",
)
@click.option(
    "--ca",
    "authority",
    default=None,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The PEM certificate to trust, where it is not one of the system's.",
)
@click.option(
    "--spool-mb", default=512, show_default=True, type=click.IntRange(1), help="Most disk for what waits to be sent."
)
@json_option
def observe(url: str, token_file: Path, authority: Path | None, spool_mb: int, as_json: bool) -> None:
    """Observe here and send to a daemon elsewhere, until Ctrl-C.

    Nothing is read, inferred or believed on this machine. While the other does not answer, what is seen waits on disk;
    each capture is delivered once. Your exclusions of applications and titles are applied before anything leaves.
    """
    from gum import config, paths
    from gum.daemon.forwarding import Forwarder, client_of
    from gum.daemon.stopping import StopBySignal

    home = paths.home()
    home.create()
    settings = config.load(home.config)
    with closing(StopBySignal()) as stop, client_of(url, _token(token_file), authority) as client:
        forwarder = Forwarder(home, settings, client, spool_mb)
        click.echo(f"Observing; what is seen goes to {url}. End with Ctrl-C.", err=True)
        counts = forwarder.run(stop, lambda sentence: click.echo(sentence, err=True))
    if as_json:
        emit(asdict(counts))
    else:
        click.echo(
            f"{counts.sent} captures were delivered, {counts.waiting} wait, {counts.dropped} gave way to newer ones, "
            f"{counts.refused} were refused."
        )


def _token(path: Path) -> str:
    """Return the token in a file.  Raises ConfigError when others can read it, or when it holds none."""
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigError(f"{path} can be read by others; change that with: chmod 600 {path}")
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as a token.") from error
    if not token:
        raise ConfigError(f"{path} is empty; write the token that 'gumctl clients add' showed into it.")
    return token
