"""How results are written: JSON for programs, tables and lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pydantic import BaseModel

Command = TypeVar("Command", bound=Callable[..., Any])

json_option: Callable[[Command], Command] = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


def emit(value: Any) -> None:
    """Write one JSON document; models and lists of models as on the wire."""
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        model: BaseModel = value
        return model.model_dump(mode="json")
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> None:
    """Write a table as wide as the terminal; `nothing` is said on stderr when there are no rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    if not shown.row_count:
        click.echo(nothing, err=True)
        return
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False, markup=False).print(shown)


def printable(text: str) -> str:
    """Return the text without control characters: a title on screen must not steer the terminal."""
    return "".join(one if one.isprintable() or one in "\n\t" else "\N{REPLACEMENT CHARACTER}" for one in text)


def local(moment: datetime | None) -> str:
    """Return an instant in local time."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""
