"""Help for one screen: what it is for, what its signs mean, and its keys from the table that binds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.keys import EVERYWHERE, LIST, Key, names
from gum_tui.widgets.reading import Reading

KEY_CELLS = 16


class HelpDialog(Dialog[None]):
    """Closes on escape; it changes nothing."""

    def __init__(self, title: str, text: str, keys: Sequence[Key]) -> None:
        super().__init__(f"Help: {title.capitalize()}")
        self._text = text
        self._groups = (("Keys of this screen", keys), ("In every list and text", LIST), ("Everywhere", EVERYWHERE))

    def body(self) -> Iterable[Widget]:
        with Reading():
            yield Static(Content(self._text))
            for heading, keys in self._groups:
                yield Static(Content(heading), classes="group")
                yield Static(_rows(keys))


def _rows(keys: Sequence[Key]) -> Table:
    """Return the keys with what they do beside them, however many lines that takes."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=KEY_CELLS, no_wrap=True)
    for key in keys:
        table.add_row(Text(names(key), "bold"), Text(key.meaning))
    return table
