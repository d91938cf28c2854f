"""The person's preferences, for agents that act in a domain."""

from __future__ import annotations

from gum.client.connection import Connection, query_of
from gum.wire import PreferencesView


class PreferencesClient(Connection):
    """The person's preferences, for agents that act in a domain."""

    def preferences(self, domain: str) -> PreferencesView:
        """Return what the person prefers in a domain, how likely, and what speaks against acting on it now."""
        return self.get("/v1/preferences", PreferencesView, query_of(domain=domain))
