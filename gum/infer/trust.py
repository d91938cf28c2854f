"""How far a quote can be trusted: by the place where it stands, and by what the person did there.

A text carries the trust that perceiving gave it.  A window's title is told by the system; but that of a page or a mail
was chosen by whoever made the page, and is as little trusted as its text.  There it can do one thing more: name what
the person dealt with.  Where they typed, clicked, scrolled or stayed in that window, the title counts as seen on screen
for a claim of what they did with the thing that it names, and for no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from gum.infer.confidence import cap_of
from gum.infer.quotes import plain
from gum.perceive.applications import is_browser, is_mail
from gum.records import Claim, Observation, Trust

# Claims of what the person does with a thing, told by their doing; the title only says how it is called.
NAMING = frozenset({"works_on", "researches", "prefers_tool", "deals_with", "has_routine", "is_stuck_on"})
STAYED = timedelta(seconds=20)
_MAIL = frozenset({"mail", "email", "e-mail"})
_WORD = re.compile(r"[^\W_]{3,}")
_STEM = 4  # words that begin with the same letters are the same word in another form


def trust_of(quote: str, seen: Observation, claim: Claim | None, around: Sequence[Observation]) -> Trust:
    """Return the trust of a quote that stands in an observation; `around` are those of the same episode.

    Where it stands in several places the most trusted one counts.
    """
    words = plain(quote)
    found = [seen.trust] if words in plain(seen.text) else []
    if words in plain(seen.title) or words in plain(seen.url):
        found.append(_of_title(seen, claim, around))
    return max(found, key=cap_of, default=seen.trust)


def _of_title(seen: Observation, claim: Claim | None, around: Sequence[Observation]) -> Trust:
    if not (is_browser(seen.app) or is_mail(seen.app)):
        return Trust.SYSTEM if seen.trust in (Trust.STATED, Trust.TYPED) else seen.trust
    if claim is None or claim.predicate not in NAMING or not _names(seen, claim):
        return Trust.UNTRUSTED
    if claim.predicate == "prefers_tool" and _share(claim.object, seen.app):
        return Trust.SYSTEM  # which application was in front is the system's to say
    return Trust.SCREEN if _engaged(seen, around) else Trust.UNTRUSTED


def _names(seen: Observation, claim: Claim) -> bool:
    return plain(claim.object).casefold() in _MAIL or _share(claim.object, f"{seen.title} {seen.app}")


def _engaged(seen: Observation, around: Sequence[Observation]) -> bool:
    """Return whether the person did something in the window of this title, or stayed in it."""
    here = [one for one in around if (one.app, one.title) == (seen.app, seen.title)] or [seen]
    stayed = max(one.until for one in here) - min(one.captured_at for one in here)
    return stayed >= STAYED or any(one.keys + one.clicks + one.scrolls for one in here)


def _share(first: str, second: str) -> bool:
    """Return whether two texts have a word in common, by its first letters."""
    one, two = ({word[:_STEM] for word in _WORD.findall(text.casefold())} for text in (first, second))
    return bool(one & two)
