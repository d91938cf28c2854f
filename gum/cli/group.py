"""Command groups: each command's module is imported when it is used, and a mistyped name hears of the nearest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from gum.errors import nearest


class NearestGroup(click.Group):
    """A group that names the nearest command when one is not known."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = nearest(name, self.list_commands(ctx))
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)


@dataclass(frozen=True, slots=True)
class Offered:
    """A command by the module that holds it, with its line in the help."""

    module: str
    help: str


class LazyGroup(NearestGroup):
    """A group whose commands are named here and imported when they are used."""

    def __init__(self, *args: Any, offered: Mapping[str, Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offered

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._offered)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        offered = self._offered.get(cmd_name)
        if offered is None:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(offered.module), f"{name}_" if iskeyword(name) else name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, offered.help) for name, offered in self._offered.items()])
