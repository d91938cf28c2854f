"""Offers to keep an error that keeps coming back with the pages visited on it, or searches where there are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.pages import OF_OTHERS, Page, about, visited
from gum.suggest.kinds.wording import as_written
from gum.suggest.plain import literal

FRESH = timedelta(hours=4)
AROUND = timedelta(minutes=30)
_USEFUL = 0.6  # the share of right findings for which the person wants the pages kept
_USEFUL_BY_TIME = 0.45  # the same when the pages are known by their time alone
_USEFUL_SEARCHES = 0.4  # the share for which searches are wanted where nothing was read
# What is only on this machine, or differs with each run: paths, addresses, long numbers.
_OWN = re.compile(r"\S*[/\\]\S*|\S+@\S+|\b0x[0-9a-f]+\b|(?<!\w)-?\d+(?:\.\d+)?(?!\w)|[\"'`“”]", re.I)


class UnstickSuggester:
    """An error seen over and over, and pages read meanwhile, become a note; without pages, links to searches."""

    kind = "unstick"

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each fresh trouble."""
        found = []
        for known in situation.propositions:
            if known.claim is None or known.claim.predicate != "is_stuck_on":
                continue
            if situation.now - known.last_supported > FRESH:
                continue
            since = (known.valid_from or known.first_seen) - AROUND
            pages = visited(situation, since, known.last_supported + AROUND)
            named = about(pages, known.claim.object)
            listed = named or [page for page, _ in pages]
            if listed:
                found.append(_candidate(known, known.claim.object, listed, bool(named), situation))
            elif queries := _queries(as_written(known)):
                found.append(_searches(known, known.claim.object, queries, situation))
        return found


def _queries(error: str) -> list[str]:
    """Return what to search for: the error without what is only on this machine, and its kind alone."""
    whole = " ".join(_OWN.sub(" ", error).split()).strip(" :;,.-()[]")
    kind = " ".join(_OWN.sub(" ", error.partition(":")[0]).split()).strip(" :;,.-()[]")
    wanted = [whole, *([f"{kind} cause"] if kind and kind != whole else [])]
    return [one for one in wanted if re.search(r"[^\W\d_]{3}", one)]


def _searches(known: Proposition, error: str, queries: list[str], situation: Situation) -> Candidate:
    said = as_written(known)[:60]
    return Candidate(
        kind="unstick",
        title=f"Prepare searches on '{said}'",
        why=f"It came back again and again ({len(situation.evidence(known.id))} readings), and you read no page on it.",
        action="search_links",
        payload={"title": f"Searches on {said}", "queries": queries},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL_SEARCHES, 3),
        benefit=5,
        cost_false_alarm=3,
        cost_silence=4,
        key=f"unstick:searches:{error}:{(known.valid_from or known.first_seen).date().isoformat()}",
        expires_at=situation.now + FRESH,
    )


def _candidate(known: Proposition, error: str, pages: list[Page], named: bool, situation: Situation) -> Candidate:
    said = as_written(known)[:60]
    times = len(situation.evidence(known.id))
    count = "a page" if len(pages) == 1 else f"{len(pages)} pages"
    how = "on it" if named else "meanwhile"
    return Candidate(
        kind="unstick",
        title=f"Keep what you found on '{said}'",
        why=f"It came back again and again ({times} readings kept as evidence), and you visited {count} {how}.",
        action="note",
        payload={"title": f"Stuck: {said}", "markdown": _markdown(known, pages, how, situation.now)},
        propositions=(known.id,),
        p_useful=round(known.probability * (_USEFUL if named else _USEFUL_BY_TIME), 3),
        benefit=5,
        cost_false_alarm=3,
        cost_silence=4,
        key=f"unstick:{error}:{(known.valid_from or known.first_seen).date().isoformat()}",
        expires_at=situation.now + FRESH,
    )


def _markdown(known: Proposition, pages: list[Page], how: str, now: datetime) -> str:
    head = [f"# {literal(known.text)}", "", known.reasoning, "", f"Pages visited {how}:", ""]
    return "\n".join([*head, *(page.line() for page in pages), "", OF_OTHERS, f"Noted {now:%Y-%m-%d %H:%M}.", ""])
