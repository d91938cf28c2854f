"""ETag and If-Match: a change is refused when what it is based on has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Response

from gum.api import views
from gum.api.access import Asking, Caller
from gum.api.backend import Backend, Behind
from gum.errors import ForbiddenError, NotFoundError, StaleError
from gum.infer.proposing import ADDED_BY
from gum.records import Proposition, Status
from gum.wire import PropositionDetail

IfMatch = Annotated[
    str | None,
    Header(max_length=200, description="The ETag that was read; refused (412) when there is a newer one."),
]


def etag(proposition: Proposition) -> str:
    """Return the tag of a proposition's version; its probability moves with time and is no part of it."""
    return f'"{proposition.id}-{proposition.version}"'


@dataclass(frozen=True, slots=True)
class Changing:
    """A change of one proposition: who asks, what they have read, and where the answer's tag goes."""

    behind: Backend
    asking: Caller
    response: Response
    if_match: str | None

    @contextmanager
    def of(self, id: int, *, vouches: bool = False) -> Iterator[None]:
        """Hold everything else off while it is changed; `vouches` is for what lends it the person's word.

        Raises NotFoundError for a proposition that is not there or that the caller may not see, StaleError when it is
        not as the caller has read it, ForbiddenError for an assistant's word on what an assistant has added.
        """
        with self.behind.store.transaction():
            known = visible(self.behind, self.asking, id)
            if self.if_match is not None and not _names(self.if_match, etag(known)):
                raise StaleError(f"Proposition {id} has changed since you read it (now {etag(known)}); read it again.")
            if vouches and not self.asking.speaks_for_person and _only_added(known):
                raise ForbiddenError(
                    f"Another program has added proposition {id}, and nothing else supports it; "
                    f"only the user can confirm it: gumctl propositions confirm {id}"
                )
            yield

    def note(self, note: str = "") -> str:
        """Return a verdict's note; a client's says whose it is."""
        return note if self.asking.is_person else f"through {self.asking.name}: {note}".rstrip(": ")

    def told(self, id: int) -> PropositionDetail:
        """Return the proposition as it stands now."""
        return told(self.behind, self.asking, self.response, id)


async def _changing(behind: Behind, asking: Asking, response: Response, if_match: IfMatch = None) -> Changing:
    return Changing(behind, asking, response, if_match)


#: A route that changes a proposition takes `changing: Change`.
Change = Annotated[Changing, Depends(_changing)]


def visible(behind: Backend, asking: Caller, id: int) -> Proposition:
    """Return a proposition that the caller may see.  Raises NotFoundError for one that it may not, as for none."""
    known = behind.store.propositions.get(id)
    if not asking.limits.allow(known, behind.clock()):
        raise NotFoundError(f"There is no proposition {id}.")
    return known


def told(behind: Backend, asking: Caller, response: Response, id: int) -> PropositionDetail:
    """Return a proposition with all that stands behind it, tagged, and within the caller's limits."""
    known = visible(behind, asking, id)
    response.headers["ETag"] = etag(known)
    detail = views.detail(behind.store, id)
    return detail if asking.limits.none else views.detail_in_part(detail)


def _only_added(known: Proposition) -> bool:
    return known.status is Status.CANDIDATE and known.engine.startswith(ADDED_BY)


def _names(if_match: str, tag: str) -> bool:
    return if_match.strip() == "*" or tag in [one.strip() for one in if_match.split(",")]
