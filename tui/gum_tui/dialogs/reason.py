"""Asks why a suggestion is turned down; a reason is one key, and none is fine."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from gum_tui.dialogs.dialog import Dialog
from gum_tui.widgets.items import Items

REASONS = ("not useful", "wrong", "already done", "not now", "")
LONGEST = 4000


class ReasonDialog(Dialog[str]):
    """Closes with the reason; an empty text is 'no reason'."""

    def body(self) -> Iterable[Widget]:
        yield Items()
        yield Input(placeholder="or in your own words", max_length=LONGEST)
        yield Static(Content("enter takes the reason; escape keeps the suggestion."), classes="hint")

    def on_mount(self) -> None:
        items = self.query_one(Items)
        items.show([(reason, Content(reason or "no reason")) for reason in REASONS])
        items.focus()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.dismiss(message.option_id or "")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value.strip())
