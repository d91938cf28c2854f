"""What of the propositions is shown without being asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gum.records import LIVE, Proposition
from gum.store import PropositionQuery, Store
from gum.store.proposition_query import HIDDEN_BELOW


def believed(store: Store, now: datetime, sensitive: Collection[str] | None = None) -> list[Proposition]:
    """Return what is held to be true now, the most probable first.

    `sensitive` names the sensitive categories that may be among it; None leaves none out.
    """
    chosen = None if sensitive is None else tuple(sorted(sensitive))
    query = PropositionQuery(statuses=LIVE, min_probability=HIDDEN_BELOW, sensitive=chosen)
    return [one for one in store.propositions.list(query) if one.valid_to is None or one.valid_to > now]
