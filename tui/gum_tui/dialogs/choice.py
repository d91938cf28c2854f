"""Picks one of a few values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from gum_tui.dialogs.dialog import Dialog
from gum_tui.widgets.items import Items


class ChoiceDialog(Dialog[str]):
    """Closes with the value picked."""

    def __init__(self, heading: str, choices: Sequence[tuple[str, str]], present: str) -> None:
        super().__init__(heading)
        self._choices = choices
        self._present = present

    def body(self) -> Iterable[Widget]:
        yield Items()

    def on_mount(self) -> None:
        items = self.query_one(Items)
        items.show([(value, Content(words)) for value, words in self._choices])
        items.choose(self._present)
        items.focus()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.dismiss(message.option_id)
