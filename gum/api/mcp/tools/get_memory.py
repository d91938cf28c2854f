"""get_memory: one memory, and where the client has no limits also what stands behind it."""

from __future__ import annotations

from datetime import datetime

from gum.api import views
from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.mcp.tool import DATA, Budget, Id, MaxTokens, Told, Tool
from gum.api.versions import visible
from gum.records import Stance
from gum.wire import EvidenceView, PropositionView
from gum.wire.base import Request, Wire


class Arguments(Request):
    id: Id
    max_tokens: MaxTokens = 1200


class Quote(Wire):
    """Words that speak for or against it, and where and when they stood on screen."""

    stance: Stance
    quote: str
    app: str
    title: str
    at: datetime


class Change(Wire):
    """One change of the wording: by whom and why."""

    author: str
    cause: str
    at: datetime
    text: str


class Detail(Wire):
    """A memory with its evidence and earlier wordings, newest first, as far as there is room."""

    memory: PropositionView
    evidence: list[Quote]
    changes: list[Change]
    omitted: int = 0


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    known = visible(behind, caller, asked.id)
    caller.show("propositions", [known.id])
    view = views.in_part(views.proposition(known))
    if not caller.limits.none:
        return _told(view, asked.max_tokens, [], [])
    detail = views.detail(behind.store, known.id)
    caller.show("observations", [one.observation for one in detail.evidence])
    changes = [
        Change(author=one.author, cause=one.cause, at=one.at, text=str(one.new["text"]))
        for one in detail.revisions
        if "text" in one.new
    ]
    return _told(detail.proposition, asked.max_tokens, [_quote(one) for one in detail.evidence], changes)


def _told(view: PropositionView, most: int, quotes: list[Quote], changes: list[Change]) -> Told:
    head = f"{DATA}\n[{view.id}] {' '.join(view.text.split())}\n{_standing(view)}"
    budget = Budget(most, head, Detail(memory=view, evidence=[], changes=[], omitted=99))
    quoted = [(line, one) for one in reversed(quotes) if budget.takes(line := _quoted(one), one)]
    changed = [(line, one) for one in reversed(changes) if budget.takes(line := _changed(one), one)]
    detail = Detail(
        memory=view,
        evidence=[one for _, one in quoted],
        changes=[one for _, one in changed],
        omitted=len(quotes) + len(changes) - len(quoted) - len(changed),
    )
    return Told("\n".join([head, *(line for line, _ in (*quoted, *changed))]), detail)


def _quoted(one: Quote) -> str:
    return f'- {one.stance}: "{" ".join(one.quote.split())}" ({one.app}, {one.at:%Y-%m-%d})'


def _changed(one: Change) -> str:
    return f"- {one.at:%Y-%m-%d} by {one.author}: {' '.join(one.text.split())}"


def _standing(view: PropositionView) -> str:
    return (
        f"{view.likelihood}, {view.status}, {view.kind}, {view.theme}; first seen {view.first_seen:%Y-%m-%d}, "
        f"last {view.last_supported:%Y-%m-%d}; from {view.trust}"
    )


def _quote(one: EvidenceView) -> Quote:
    return Quote(stance=one.stance, quote=one.quote, app=one.app, title=one.title, at=one.at)


TOOL = Tool(
    name="get_memory",
    title="One memory in full",
    description="Use to learn why something is believed about the user, or how it came to be worded so.",
    scope=Scope.READ,
    arguments=Arguments,
    answer=Detail,
    run=run,
)
