"""The clients with a token of their own, what they may see, and what they were shown."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from gum.api import views
from gum.api.access import Caller, Limits, Scope, require
from gum.api.access.scopes import MEANINGS
from gum.api.backend import Behind
from gum.api.context import Asked, context
from gum.store import PropositionQuery
from gum.store.clients import KnownClient
from gum.wire import ClientAdded, ClientIn, ClientPreview, ClientView, DisclosureView, LimitsView, Page

router = APIRouter(tags=["access"])

Name = Annotated[str, Path(max_length=63)]
SHOWN = 50


@router.get("/clients", dependencies=[require(Scope.ADMIN)])
def clients(behind: Behind) -> list[ClientView]:
    """The clients, also those that were revoked, with when each was last answered."""
    used = behind.store.access_log.last_used()
    return [_view(one, used.get(one.name)) for one in behind.store.clients.list()]


@router.post("/clients", status_code=201, dependencies=[require(Scope.ADMIN)])
def add(behind: Behind, body: ClientIn) -> ClientAdded:
    """Give a program a token of its own; it is told once and cannot be read again."""
    now = behind.clock()
    token = secrets.token_urlsafe(32)
    client = KnownClient(
        name=body.name,
        scopes=frozenset(body.scopes),
        created_at=now,
        limits=Limits(
            themes=None if body.themes is None else frozenset(body.themes),
            sensitive=None if body.all_sensitive else frozenset(body.sensitive),
            min_probability=body.min_probability,
            newest=None if body.newest_days is None else timedelta(days=body.newest_days),
        ),
        expires_at=None if body.days is None else now + timedelta(days=body.days),
    )
    with behind.store.transaction():
        behind.store.clients.add(client, token)
        behind.store.replies.clear(client.name)
    return ClientAdded(client=_view(client, None), token=token)


@router.delete("/clients/{name}", dependencies=[require(Scope.ADMIN)])
def revoke(behind: Behind, name: Name) -> ClientView:
    """End a client's access at once, also of streams that are open."""
    return _view(behind.store.clients.revoke(name), behind.store.access_log.last_used().get(name))


@router.get("/clients/{name}/preview", dependencies=[require(Scope.ADMIN)])
def preview(behind: Behind, name: Name, query: Annotated[str, Query(max_length=2000)] = "") -> ClientPreview:
    """What this client would see now: its rights, how many propositions, the likeliest of them, and its context."""
    known = behind.store.clients.get(name)
    caller = Caller(known.name, frozenset(map(Scope, known.scopes)), known.limits)
    now = behind.clock()
    propositions = behind.store.propositions
    everything = PropositionQuery(limit=SHOWN)
    narrow = known.limits.narrow(everything, now) if caller.scopes & {Scope.CONTEXT, Scope.READ} else None
    seen = propositions.count(narrow) if narrow else 0
    return ClientPreview(
        client=_view(known, None),
        may=[f"{one}: {MEANINGS[one]}" for one in MEANINGS if one in caller.scopes],
        may_not=[f"{one}: {MEANINGS[one]}" for one in MEANINGS if one not in caller.scopes],
        valid=known.valid(now),
        seen=seen,
        withheld=propositions.count() - seen,
        propositions=views.propositions(propositions.list(narrow)) if narrow else [],
        context=context(behind.store, Asked(query), caller, now).text if Scope.CONTEXT in caller.scopes else "",
    )


@router.get("/access", dependencies=[require(Scope.ADMIN)])
def access(
    behind: Behind,
    client: Annotated[str | None, Query(max_length=63)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Page[DisclosureView]:
    """What was shown to whom, the newest first."""
    found = behind.store.access_log.list(client, cursor, limit + 1)
    page = [DisclosureView.model_validate(one) for one in found[:limit]]
    return Page(items=page, next=str(page[-1].id) if len(found) > limit else None)


def _view(client: KnownClient, used: datetime | None) -> ClientView:
    return ClientView(
        name=client.name,
        scopes=sorted(client.scopes),
        limits=LimitsView(**client.limits.to_json()),
        created_at=client.created_at,
        expires_at=client.expires_at,
        revoked=client.revoked,
        last_used=used,
    )
