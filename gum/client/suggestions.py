"""What is offered, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import httpx

from gum.client.asking import ANSWER_S
from gum.client.connection import Connection, query_of
from gum.wire import DigestView, NotificationsView, Page, PreviewView, ProjectResults, StepView, SuggestionView


class SuggestionsClient(Connection):
    """What is offered, and what became of it."""

    def suggestions(self, status: Sequence[str] = ("shown",), limit: int = 50) -> list[SuggestionView]:
        """Return suggestions of these states, newest first; of every state when none is named."""
        found: list[SuggestionView] = []
        cursor: str | None = None
        while len(found) < limit:
            query = query_of(status=list(status), limit=min(limit - len(found), 500), cursor=cursor)
            page = self.get("/v1/suggestions", Page[SuggestionView], query)
            found += page.items
            cursor = page.next
            if cursor is None:
                break
        return found

    def suggestion(self, id: int) -> SuggestionView:
        """Return one suggestion."""
        return self.get(f"/v1/suggestions/{id}", SuggestionView)

    def preview(self, id: int) -> PreviewView:
        """Return what accepting would do; nothing is done."""
        return self.get(f"/v1/suggestions/{id}/preview", PreviewView)

    def accept(self, id: int) -> SuggestionView:
        """Carry it out; it takes as long as the action takes."""
        timeout = httpx.Timeout(ANSWER_S, connect=2.0)
        answer = self.send("POST", f"/v1/suggestions/{id}/accept", json={}, timeout=timeout)
        return SuggestionView.model_validate_json(answer.content)

    def progress(self, id: int) -> StepView:
        """Return what is being done for a suggestion just now; empty when nothing is."""
        return self.get(f"/v1/suggestions/{id}/progress", StepView)

    def dismiss(self, id: int, reason: str = "") -> SuggestionView:
        """Turn it down."""
        return self.post(f"/v1/suggestions/{id}/dismiss", SuggestionView, {"reason": reason})

    def undo_suggestion(self, id: int) -> SuggestionView:
        """Take back the last version of what was made, and with the first all that accepting did."""
        return self.post(f"/v1/suggestions/{id}/undo", SuggestionView)

    def refine(self, id: int, wish: str) -> SuggestionView:
        """Have a model write the text of what was made anew; it takes as long as the model takes."""
        timeout = httpx.Timeout(ANSWER_S, connect=2.0)
        answer = self.send("POST", f"/v1/suggestions/{id}/refine", json={"wish": wish}, timeout=timeout)
        return SuggestionView.model_validate_json(answer.content)

    def snooze(self, id: int, until: datetime | None = None) -> SuggestionView:
        """Put it off until an instant, or for as long as the settings say."""
        body = {"until": until.isoformat()} if until else {}
        return self.post(f"/v1/suggestions/{id}/snooze", SuggestionView, body)

    def not_this_kind(self, id: int) -> SuggestionView:
        """Turn it down with all others of its kind."""
        return self.post(f"/v1/suggestions/{id}/not-this-kind", SuggestionView)

    def results(self) -> list[ProjectResults]:
        """Return what accepted suggestions made, by project."""
        return self.list_of("/v1/results", ProjectResults)

    def digest(self) -> DigestView:
        """Return what waits for the person."""
        return self.get("/v1/digest", DigestView)

    def notifications(self, since: datetime | None = None) -> NotificationsView:
        """Return the notifications of other programs since an instant, or of today, what matters most first."""
        return self.get("/v1/notifications", NotificationsView, query_of(since=since.isoformat() if since else None))
