"""Whether the daemon does what it should, and pausing it."""

from __future__ import annotations

from datetime import datetime

import httpx

from gum.client.connection import Connection
from gum.wire import DaemonStatus


class StatusClient(Connection):
    """Whether the daemon does what it should, and pausing it."""

    def healthy(self) -> bool:
        """Return whether a daemon answers at the address; it never raises."""
        try:
            return self.http.get("/healthz", timeout=2.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def status(self) -> DaemonStatus:
        """Return whether the daemon does what it should."""
        return self.get("/v1/status", DaemonStatus)

    def pause(self, minutes: float | None = None, until: datetime | None = None) -> DaemonStatus:
        """Stop seeing for some minutes, until an instant, or (with neither) until `resume`."""
        body = {"minutes": minutes, "until": until.isoformat() if until else None}
        return self.post("/v1/pause", DaemonStatus, body)

    def resume(self) -> DaemonStatus:
        """See again."""
        return self.post("/v1/resume", DaemonStatus)
