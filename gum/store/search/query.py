"""What is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum.records import Proposition, Status
from gum.store.proposition_query import HIDDEN_BELOW, PropositionQuery

LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)

#: Gives each of some propositions a number for how well it serves a query, the higher the better.
Rerank = Callable[[str, Sequence[Proposition]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for.  The filters are those of PropositionQuery; an empty field chooses nothing away.

    By default what is held to be true is searched, and what has almost no support is left out: `min_probability=0`
    finds that too.  `as_of` answers with the words, the probability and the status of that instant.  `diversity`
    chooses results that are unlike each other, `recency` lets what was supported lately weigh a bit more.  `rerank`
    has the last word on the order of the best; when it raises EngineError, the order stays as it was.
    """

    text: str
    limit: int = 10
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None
    ids: Sequence[int] = ()
    min_probability: float = HIDDEN_BELOW
    statuses: Sequence[str] = LIVE
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()
    sensitive: Sequence[str] | None = None
    only_sensitive: bool = False
    durabilities: Sequence[str] = ()
    trusts: Sequence[str] = ()
    engine: str | None = None
    observation: int | None = None
    episode: int | None = None
    diversity: bool = True
    recency: bool = True
    rerank: Rerank | None = None

    def filters(self) -> PropositionQuery:
        """Return the filters alone."""
        return PropositionQuery(
            ids=self.ids,
            statuses=self.statuses,
            kinds=self.kinds,
            themes=self.themes,
            sensitive=self.sensitive,
            only_sensitive=self.only_sensitive,
            durabilities=self.durabilities,
            trusts=self.trusts,
            engine=self.engine,
            observation=self.observation,
            episode=self.episode,
            min_probability=self.min_probability,
            since=self.since,
            until=self.until,
            as_of=self.as_of,
        )
