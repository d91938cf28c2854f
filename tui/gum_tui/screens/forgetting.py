"""Forgetting from a screen: what would go is shown first, and the last thing forgotten can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from gum.client import ForgetIn, ForgetPreview, Forgotten
from gum_tui import phrases
from gum_tui.dialogs.forgetting import ForgetDialog
from gum_tui.screens.section import Section


@dataclass
class PreviewsRead(Message):
    """The daemon told what forgetting would take away."""

    what: str
    selections: Sequence[ForgetIn]
    previews: list[ForgetPreview]


@dataclass
class ForgottenNow(Message):
    """The daemon forgot."""

    forgotten: list[Forgotten]


@dataclass
class BroughtBack(Message):
    """The daemon brought back what was forgotten last."""

    forgotten: list[Forgotten]


class Forgetting(Section):
    """What the screens share from which something can be forgotten."""

    def forget(self, what: str, selections: Sequence[ForgetIn]) -> None:
        """Show what would go, and forget it when the person agrees."""
        self.read(
            "preview",
            lambda client: [client.forget_preview(each) for each in selections],
            lambda previews: PreviewsRead(what, selections, previews),
        )

    def on_previews_read(self, message: PreviewsRead) -> None:
        def take(agreed: bool | None) -> None:
            if agreed:
                selections = message.selections
                self.change(lambda client: [client.forget(each) for each in selections], ForgottenNow, self.still_there)
                self.gone()

        if self.is_current:
            self.app.push_screen(ForgetDialog(message.what, message.previews), take)

    def gone(self) -> None:
        """Show at once that it is gone."""

    def still_there(self) -> None:
        """Show again what was to go."""
        self.reload()

    def on_forgotten_now(self, message: ForgottenNow) -> None:
        self.remote.forgotten = [each.id for each in message.forgotten]
        until = phrases.when(min(each.erase_at for each in message.forgotten), self.remote.now)
        self.tell(f"Forgotten. U brings it back until {until}.")
        self.settle()
        self.reload()

    def action_bring_back(self) -> None:
        """Bring back what was forgotten last."""
        ids = self.remote.forgotten
        if not ids:
            self.tell("Nothing was forgotten from here. gumctl forget lists everything that was.")
            return
        self.change(lambda client: [client.undo_forget(id) for id in reversed(ids)], BroughtBack, self.still_there)

    def on_brought_back(self) -> None:
        self.remote.forgotten = []
        self.tell("It is back.")
        self.settle()
        self.reload()
