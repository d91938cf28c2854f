"""Offers to save the pages read on one topic: as a table where they tell the same of several things, else as a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.attributes import Comparison, compared
from gum.suggest.kinds.pages import OF_OTHERS, Page, about, visited
from gum.suggest.kinds.wording import as_written
from gum.suggest.plain import literal

ENOUGH_PAGES = 2
FRESH = timedelta(days=2)
MOST_QUOTES = 5
_USEFUL = 0.55  # the share of right topics of two pages that are worth a note
_PER_PAGE = 0.05


class CollectSuggester:
    """Pages that were read on a topic become a table that compares them, or a note with what was quoted."""

    kind = "collect"

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each topic of the last two days with two pages or more."""
        pages = visited(situation)
        found = []
        for known in situation.propositions:
            if known.claim is None or known.claim.predicate != "researches":
                continue
            read = about(pages, known.claim.object)
            if len(read) >= ENOUGH_PAGES and situation.now - known.last_supported <= FRESH:
                found.append(_candidate(known, known.claim.object, read, situation))
        return found


def _candidate(known: Proposition, topic: str, read: list[Page], situation: Situation) -> Candidate:
    said = as_written(known)
    days = len({page.at.date() for page in read})
    on = "one day" if days == 1 else f"{days} days"
    share = min(0.8, _USEFUL + _PER_PAGE * (len(read) - ENOUGH_PAGES))
    action, title, keeps, payload = _offer(said, read, compared(situation, read), situation.evidence(known.id))
    return Candidate(
        kind="collect",
        title=title,
        why=f"You read {len(read)} pages that share these words on {on}; {keeps}.",
        action=action,
        payload=payload,
        propositions=(known.id,),
        p_useful=round(known.probability * share, 3),
        benefit=4,
        cost_false_alarm=3,
        cost_silence=2,
        key=f"collect:{topic}",
        expires_at=situation.now + FRESH,
    )


def _offer(
    topic: str, read: list[Page], comparison: Comparison | None, quotes: Sequence[str]
) -> tuple[str, str, str, dict[str, Any]]:
    """Return the action, the title, what it is good for, and what the action needs."""
    if comparison is None:
        note = {"title": f"Sources on {topic}", "markdown": _markdown(topic, read, quotes)}
        return "note", f"Save the {len(read)} pages on {topic} as a note", "a note keeps them together", note
    named = ", ".join(name.lower() for name in comparison.attributes)
    table = {
        "title": f"{topic[:1].upper()}{topic[1:]} compared",
        "columns": ["Page", *comparison.attributes],
        "rows": [[{"text": page.title, "address": page.url}, *cells] for page, cells in comparison.pages],
    }
    title = f"Compare the {len(comparison.pages)} pages on {topic} in a table"
    return "table", title, f"they tell of the same things: {named}", table


def _markdown(topic: str, read: list[Page], quotes: Sequence[str]) -> str:
    titles = [page.title for page in read]
    said = [quote for quote in _once(quotes) if not any(quote in title for title in titles)][:MOST_QUOTES]
    body = [f"# Sources on {topic}", "", *(page.line() for page in read)]
    if said:
        body += ["", "What they said:", "", *(f"> {literal(quote)}\n" for quote in said)]
    return "\n".join([*body, "", OF_OTHERS, ""])


def _once(quotes: Sequence[str]) -> list[str]:
    """Return each sentence once, in its fullest form, whatever its spaces, case and last mark."""
    fullest: dict[str, str] = {}
    for quote in sorted(quotes, key=len, reverse=True):
        form = " ".join(quote.casefold().split()).strip(" .,;:!?…\"'")
        if not any(form in longer for longer in fullest):
            fullest[form] = quote
    kept = set(fullest.values())
    return [quote for quote in dict.fromkeys(quotes) if quote in kept]
