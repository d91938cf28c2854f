"""What the audit held back or let through."""

from __future__ import annotations

from gum.client.connection import Connection, query_of
from gum.wire import AuditView, CategoryView, PropositionDetail


class AuditClient(Connection):
    """What the audit held back or let through."""

    def audit(self, decision: str | None = "held") -> list[AuditView]:
        """Return the decisions that are 'held', 'allowed' or 'refused' by now, the newest first; all with None."""
        return self.list_of("/v1/audit", AuditView, query_of(decision=decision))

    def allow_held(self, id: int) -> PropositionDetail:
        """Let what was held back become a proposition with its evidence."""
        return self.post(f"/v1/audit/{id}/allow", PropositionDetail)

    def refuse_held(self, id: int) -> AuditView:
        """Let it go for good; the same is held back silently from now on."""
        return self.post(f"/v1/audit/{id}/refuse", AuditView)

    def audit_categories(self) -> list[CategoryView]:
        """Return every sensitive category with what holds of it."""
        return self.list_of("/v1/audit/categories", CategoryView)

    def allow_category(self, category: str, on: bool) -> CategoryView:
        """Allow a sensitive category, or hold it back, from now on."""
        return self.post(f"/v1/audit/categories/{category}", CategoryView, {"allow": on})
