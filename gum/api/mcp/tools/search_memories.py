"""search_memories: what is believed about something."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, Field

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.context import NO_ROOM, age
from gum.api.mcp.tool import DATA, Budget, MaxTokens, Told, Tool
from gum.records import Hit, Kind, Status, Theme, Trust
from gum.store import SearchQuery
from gum.store.proposition_query import HIDDEN_BELOW
from gum.wire import in_words
from gum.wire.base import Request, Wire


class Arguments(Request):
    query: str = Field(min_length=1, max_length=2000, description="What is looked for.")
    limit: int = Field(10, ge=1, le=50)
    min_probability: float = Field(HIDDEN_BELOW, ge=0, le=1, description="Nothing less likely.")
    since: AwareDatetime | None = Field(None, description="Only what showed from then on; ISO 8601 with offset.")
    until: AwareDatetime | None = Field(None, description="Only what showed until then; ISO 8601 with offset.")
    theme: Theme | None = Field(None, description="Only this topic.")
    max_tokens: MaxTokens = 1200


class Memory(Wire):
    """One memory; `trust` says where it comes from, `score` how well it fits, 0 to 1."""

    id: int
    text: str
    likelihood: str
    probability: float
    age: str
    kind: Kind
    theme: Theme
    status: Status
    trust: Trust
    score: float


class Found(Wire):
    """The memories that fit, best first; `omitted` had no room."""

    memories: list[Memory]
    omitted: int = 0


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    now = behind.clock()
    query = SearchQuery(
        asked.query,
        asked.limit,
        since=asked.since,
        until=asked.until,
        min_probability=asked.min_probability,
        themes=(asked.theme,) if asked.theme else (),
    )
    narrow = caller.limits.narrow(query, now)
    hits = [_memory(hit, now) for hit in behind.store.search(narrow)] if narrow else []
    budget = Budget(asked.max_tokens, DATA, Found(memories=[], omitted=99))
    kept = [(line, one) for one in hits if budget.takes(line := _line(one), one)]
    caller.show("propositions", [one.id for _, one in kept])
    nothing = NO_ROOM if hits else "Nothing is known about that."
    text = "\n".join([DATA, *(line for line, _ in kept)]) if kept else nothing
    return Told(text, Found(memories=[one for _, one in kept], omitted=len(hits) - len(kept)))


def _memory(hit: Hit, now: datetime) -> Memory:
    one = hit.proposition
    return Memory(
        id=one.id,
        text=one.text,
        likelihood=in_words(one.probability),
        probability=round(one.probability, 2),
        age=age(max(now - one.last_supported, now - now)),
        kind=one.kind,
        theme=one.theme,
        status=one.status,
        trust=one.trust,
        score=round(hit.score, 3),
    )


def _line(one: Memory) -> str:
    return f"- [{one.id}] {' '.join(one.text.split())} ({one.likelihood}, {one.status}; {one.age})"


TOOL = Tool(
    name="search_memories",
    title="Search what is known about the user",
    description=(
        "Use to look something up about the user: people, projects, habits, preferences. Returns memories, best first, "
        "each with its id, likelihood and age; get_memory tells more about one."
    ),
    scope=Scope.READ,
    arguments=Arguments,
    answer=Found,
    run=run,
)
