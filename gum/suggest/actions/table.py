"""Writes a table that compares things, as Markdown or CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from gum.errors import ActionError
from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new
from gum.suggest.actions.payload import line, text_of, texts_of
from gum.suggest.plain import link, literal

MOST_ROWS = 500
_FORMULA = ("=", "+", "-", "@")


class TableAction:
    """Writes `columns` and `rows` of a payload under its `title`; `format` is 'markdown' (as without one) or 'csv'.

    A cell is a text or a number, or an object of `text` and `address`, which becomes a link.
    """

    name = "table"
    touches = frozenset({"files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        title, suffix, text = _content(payload)
        return Preview(f"Write the table {safe_name(title)}{suffix}", text)

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the table.  Raises ActionError."""
        title, suffix, text = _content(payload)
        return Outcome(f"Wrote {write_new(folder, title, suffix, text.encode('utf-8'))}")


def _content(payload: dict[str, Any]) -> tuple[str, str, str]:
    title = text_of(payload, "title", "A table")
    columns = [line(one) for one in texts_of(payload, "columns", "A table", 30)]
    rows = payload.get("rows")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        raise ActionError(f"A table needs rows, {MOST_ROWS} at most.")
    if not all(isinstance(row, list) and len(row) == len(columns) for row in rows):
        raise ActionError("Each row of a table needs a cell for each column.")
    if payload.get("format", "markdown") == "csv":
        return title, ".csv", _csv([columns, *([_in_csv(cell) for cell in row] for row in rows)])
    return title, ".md", _markdown(title, columns, [[_in_markdown(cell) for cell in row] for row in rows])


def _in_csv(cell: Any) -> str:
    text, address = _parts(cell)
    return f"{text} ({address})" if address else text


def _in_markdown(cell: Any) -> str:
    text, address = _parts(cell)
    return (link(text, address) if address else literal(text)).replace("|", "\\|")


def _parts(cell: Any) -> tuple[str, str]:
    """Return a cell's text, and the address where it is a link."""
    if isinstance(cell, dict):
        return line(str(cell.get("text", ""))), line(str(cell.get("address", "")))
    return line(str(cell)), ""


def _markdown(title: str, columns: list[str], rows: list[list[str]]) -> str:
    lines = [[_in_markdown(name) for name in columns], ["---"] * len(columns), *rows]
    table = ("| " + " | ".join(row) + " |" for row in lines)
    return "\n".join([f"# {literal(title)}", "", *table, ""])


def _csv(rows: list[list[str]]) -> str:
    """Return the rows as CSV (RFC 4180); a cell that a spreadsheet would reckon as a formula begins with a quote."""
    written = io.StringIO()
    csv.writer(written).writerows([[f"'{one}" if one.startswith(_FORMULA) else one for one in row] for row in rows])
    return written.getvalue()
