"""What is never seen, what was counted, and what talks to whom."""

from __future__ import annotations

from datetime import date

from gum.client.connection import Connection, query_of
from gum.wire import EgressView, ExclusionTest, ExclusionView, LedgerRow


class PrivacyClient(Connection):
    """What is never seen, what was counted, and what talks to whom."""

    def exclusions(self) -> list[ExclusionView]:
        """Return the rules in force, the person's own first."""
        return self.list_of("/v1/exclusions", ExclusionView)

    def exclude(self, kind: str, pattern: str = "", observation: int | None = None) -> ExclusionView:
        """Hide an 'app', a 'title' or a 'site' from now on, by its pattern or as an observation has it."""
        body = {"kind": kind, "pattern": pattern, "observation": observation}
        return self.post("/v1/exclusions", ExclusionView, body)

    def unexclude(self, kind: str, pattern: str) -> ExclusionView:
        """Stop hiding what a rule names; return the rule."""
        answer = self.send("DELETE", "/v1/exclusions", params={"kind": kind, "pattern": pattern})
        return ExclusionView.model_validate_json(answer.content)

    def test_exclusion(self, app: str = "", title: str = "", url: str = "") -> ExclusionTest:
        """Return whether a window of this class, title and address would be seen."""
        return self.get("/v1/exclusions/test", ExclusionTest, {"app": app, "title": title, "url": url})

    def ledger(self, since: date | None = None, until: date | None = None) -> list[LedgerRow]:
        """Return what was kept, hidden, held back, disclosed and removed, counted by local day and reason."""
        days = query_of(since=since and since.isoformat(), until=until and until.isoformat())
        return self.list_of("/v1/ledger", LedgerRow, days)

    def egress(self, seconds: float = 3.0) -> EgressView:
        """Watch the daemon's connections for some seconds and return those that leave the machine."""
        query = {"seconds": seconds}
        return EgressView.model_validate_json(
            self.send("GET", "/v1/egress", params=query, timeout=seconds + 20).content
        )
