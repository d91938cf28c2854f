"""What the gate has learned, and which kinds it may offer."""

from __future__ import annotations

from gum.client.connection import Connection
from gum.wire import AllowedView, GateView


class GateClient(Connection):
    """What the gate has learned, and which kinds it may offer."""

    def gate(self) -> GateView:
        """Return the weights that the answers so far have given."""
        return self.get("/v1/gate", GateView)

    def allow_kind(self, kind: str) -> AllowedView:
        """Let a kind be offered again that the person wanted no more of."""
        return self.post("/v1/gate/allow", AllowedView, {"kind": kind})
