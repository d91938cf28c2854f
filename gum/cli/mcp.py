"""mcp."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gum.client import Client


@click.command()
@click.option("--client", "name", default="assistant", show_default=True, help="As which client it asks.")
@click.option("--start", is_flag=True, help="Start the daemon, and with it observing, when it does not run.")
def mcp(name: str, start: bool) -> None:
    """Answer an assistant over standard input and output, by the Model Context Protocol.

    It asks the one running daemon with the token of a client of its own, which is added with the scopes context and
    read when there is none of that name.  What it may do: gumctl clients.
    """
    from gum import paths
    from gum.assistants import tokens
    from gum.assistants.bridge import Bridge
    from gum.daemon import lifecycle

    home = paths.home()

    def reach() -> Client:
        if start:
            lifecycle.start(home)
        return lifecycle.connect(home, tokens.ensure(home, name))

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with closing(Bridge(reach)) as bridge:
        bridge.carry(sys.stdin, sys.stdout)
