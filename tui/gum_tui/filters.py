"""Which beliefs the table shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from gum.client import Client, Page, PropositionView
from gum.records import Kind

STATUSES = {
    "held": ("held", ("candidate", "active", "confirmed")),
    "open": ("not judged yet", ("candidate", "active")),
    "confirmed": ("confirmed by you", ("confirmed",)),
    "rejected": ("rejected by you", ("rejected",)),
    "past": ("replaced or no longer current", ("superseded", "retired")),
    "all": ("every status", ()),
}
"""Name -> words and the statuses meant."""

KINDS = {"all": "every kind"} | {kind.value: kind.value for kind in Kind}

SORTS = {
    "-probability": "most probable first",
    "probability": "least probable first",
    "-first_seen": "newest first",
    "-last_supported": "last seen first",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """The search words, one status of STATUSES, one kind of KINDS, one order of SORTS."""

    query: str = ""
    status: str = "held"
    kind: str = "all"
    sort: str = "-probability"

    def page(self, client: Client, limit: int, cursor: str | None = None) -> Page[PropositionView]:
        """Ask for one page.  Raises ClientError."""
        return client.propositions(
            self.query,
            status=STATUSES[self.status][1],
            kind=() if self.kind == "all" else (self.kind,),
            sort=self.sort,
            limit=limit,
            cursor=cursor,
        )
