"""What is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gum.records import LIVE, Proposition
from gum.store.proposition_query import HIDDEN_BELOW, Filters

#: Gives each of some propositions a number for how well it serves a query, the higher the better.
Rerank = Callable[[str, Sequence[Proposition]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class SearchQuery(Filters):
    """What is looked for.

    By default what is held to be true is searched, and what has almost no support is left out: `min_probability=0`
    finds that too.  `as_of` answers with the words, the probability and the status of that instant.  `diversity`
    chooses results that are unlike each other, `recency` lets what was supported lately weigh a bit more.  `rerank`
    has the last word on the order of the best; when it raises EngineError, the order stays as it was.
    """

    text: str
    limit: int = 10
    min_probability: float = field(default=HIDDEN_BELOW, kw_only=True)
    statuses: Sequence[str] = field(default=LIVE, kw_only=True)
    diversity: bool = True
    recency: bool = True
    rerank: Rerank | None = None
