"""The command palette, closed by one key of two quick ones."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Offers what `GumApp.get_system_commands` names."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, once."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        """Move in the list, where the terminal has room for it."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
