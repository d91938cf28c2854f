"""What is offered, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from gum.client.connection import Connection, query_of
from gum.wire import PreviewView, SuggestionView


class SuggestionsClient(Connection):
    """What is offered, and what became of it."""

    def suggestions(self, status: Sequence[str] = ("shown",), limit: int = 50) -> list[SuggestionView]:
        """Return suggestions of these states, newest first; of every state when none is named."""
        return self.list_of("/v1/suggestions", SuggestionView, query_of(status=list(status), limit=limit))

    def suggestion(self, id: int) -> SuggestionView:
        """Return one suggestion."""
        return self.get(f"/v1/suggestions/{id}", SuggestionView)

    def preview(self, id: int) -> PreviewView:
        """Return what accepting would do; nothing is done."""
        return self.get(f"/v1/suggestions/{id}/preview", PreviewView)

    def accept(self, id: int) -> SuggestionView:
        """Carry it out."""
        return self.post(f"/v1/suggestions/{id}/accept", SuggestionView)

    def dismiss(self, id: int, reason: str = "") -> SuggestionView:
        """Turn it down."""
        return self.post(f"/v1/suggestions/{id}/dismiss", SuggestionView, {"reason": reason})

    def undo_suggestion(self, id: int) -> SuggestionView:
        """Take back what accepting did."""
        return self.post(f"/v1/suggestions/{id}/undo", SuggestionView)
