"""The person in short, by theme."""

from __future__ import annotations

from gum.client.connection import Connection, query_of
from gum.wire import Portrait


class PortraitClient(Connection):
    """The person in short, by theme."""

    def portrait(self, *, prose: bool = False) -> Portrait:
        """Return what is believed and shown by default, as sentences under headings.

        With `prose` each section also in an engine's words, where the engine can write.
        """
        return self.get("/v1/portrait", Portrait, query_of(prose=prose or None))
