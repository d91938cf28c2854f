"""The programs with a token of their own, and what they were shown."""

from __future__ import annotations

from collections.abc import Sequence

from gum.client.connection import Connection, query_of
from gum.wire import ClientAdded, ClientIn, ClientPreview, ClientView, DisclosureView, Page


class AccessClient(Connection):
    """The programs with a token of their own, and what they were shown."""

    def clients(self) -> list[ClientView]:
        """Return the clients, also those that were revoked."""
        return self.list_of("/v1/clients", ClientView)

    def add_client(self, name: str, scopes: Sequence[str], **limits: object) -> ClientAdded:
        """Give a program a token of its own, which is told this once; `limits` are the other fields of ClientIn."""
        wanted = ClientIn.model_validate({"name": name, "scopes": list(scopes), **limits})
        return self.post("/v1/clients", ClientAdded, wanted.model_dump(mode="json", exclude_none=True))

    def revoke_client(self, name: str) -> ClientView:
        """End a client's access at once."""
        return self.delete(f"/v1/clients/{name}", ClientView)

    def preview_client(self, name: str, query: str = "") -> ClientPreview:
        """Return what a client would see now."""
        return self.get(f"/v1/clients/{name}/preview", ClientPreview, query_of(query=query or None))

    def access(self, client: str | None = None, *, limit: int = 100, cursor: str | None = None) -> Page[DisclosureView]:
        """Return what was shown to whom, the newest first."""
        return self.get("/v1/access", Page[DisclosureView], query_of(client=client, limit=limit, cursor=cursor))
