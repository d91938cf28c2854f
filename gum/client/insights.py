"""How reliable the beliefs are and what the days were spent on, in figures."""

from __future__ import annotations

from gum.client.connection import Connection
from gum.wire import InsightsView


class InsightsClient(Connection):
    """How reliable the beliefs are and what the days were spent on, in figures."""

    def insights(self, days: int = 28) -> InsightsView:
        """Return the figures of the last days; scores and accuracies go over all verdicts."""
        return self.get("/v1/insights", InsightsView, {"days": days})
