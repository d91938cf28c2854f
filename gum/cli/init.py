"""init: a home of one's own, with a settings file to edit."""

from __future__ import annotations

import os

import click

from gum import paths
from gum.cli.output import emit, json_option
from gum.cli.settings_file import explained
from gum.errors import ConflictError, StoreReadOnlyError

NEXT = """\
Settings: {config}
Data:     {root}

What is never seen:   gumctl exclude list
Begin to observe:     gumctl start
Review:               gumctl tui"""


@click.command(help="Make the data directory, and a settings file that explains every setting.")
@click.option("--name", default="", help="Your name as it appears on screen; it is read as 'the user'.")
@json_option
def init(name: str, as_json: bool) -> None:
    home = paths.home()
    home.create()
    try:
        descriptor = os.open(home.config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConflictError(
            f"{home.config} is there already and was left as it is. Edit it, or move it away and run this again."
        ) from None
    except OSError as error:
        raise StoreReadOnlyError(f"{home.config} cannot be written ({error.strerror}).") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(explained(name.strip()))
    if as_json:
        emit({"home": str(home.root), "config": str(home.config)})
    else:
        click.echo(NEXT.format(config=home.config, root=home.root))
