"""What was seen."""

from __future__ import annotations

from datetime import datetime

from gum.client.connection import Connection, query_of
from gum.wire import CaptureIn, CoverageView, EpisodeView, Ingested, ObservationView, Page


class ObservationsClient(Connection):
    """What was seen."""

    def observations(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        app: str | None = None,
        episode: int | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Page[ObservationView]:
        """Return observations in order of time, of a span, an application or an episode."""
        query = query_of(since=since, until=until, app=app, episode=episode, limit=limit, cursor=cursor)
        return self.get("/v1/observations", Page[ObservationView], query)

    def observation(self, id: int) -> ObservationView:
        """Return one observation."""
        return self.get(f"/v1/observations/{id}", ObservationView)

    def add_observation(self, capture: CaptureIn) -> Ingested:
        """Send one capture; when this returns, what it held is committed.  Sending a `source` again is harmless."""
        return self.post("/v1/observations", Ingested, capture.model_dump(mode="json", exclude_none=True))

    def episodes(self, since: datetime | None = None, until: datetime | None = None) -> list[EpisodeView]:
        """Return all episodes that touch a span, oldest first; the last day without one."""
        found: list[EpisodeView] = []
        cursor: str | None = None
        while True:
            query = query_of(since=since, until=until, limit=1000, cursor=cursor)
            page = self.get("/v1/episodes", Page[EpisodeView], query)
            found += page.items
            cursor = page.next
            if cursor is None:
                return found

    def coverage(self, since: datetime | None = None, until: datetime | None = None) -> list[CoverageView]:
        """Return what the observers did during a span, oldest first; the last day without one."""
        return self.list_of("/v1/coverage", CoverageView, query_of(since=since, until=until))

    def frame(self, sha: str) -> bytes:
        """Return a kept frame as WebP."""
        return self.send("GET", f"/v1/frames/{sha}", headers={"Accept": "image/webp"}).content
