"""Which caller a token belongs to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from gum.api.access.caller import Caller
from gum.api.access.scopes import Scope
from gum.clock import Clock
from gum.store.clients import Clients


class Keys:
    """Knows the person's own token and the clients' digests."""

    def __init__(self, own: str, clients: Clients, now: Clock) -> None:
        self._own = own.encode()
        self._clients = clients
        self._now = now

    def caller(self, authorization: Sequence[str]) -> Caller | None:
        """Return who asks, by the values of the Authorization header; None for all but one valid bearer token."""
        if len(authorization) != 1:
            return None
        scheme, _, token = authorization[0].partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            return None
        if secrets.compare_digest(token.encode("utf-8", "surrogatepass"), self._own):
            return Caller.person()
        client = self._clients.of_token(token, self._now())
        return Caller(client.name, frozenset(map(Scope, client.scopes)), client.limits) if client else None

    def stands(self, caller: Caller) -> bool:
        """Return whether the caller's access stands still; a stream asks this again while it is open."""
        return caller.is_person or self._clients.standing(caller.name, self._now())
