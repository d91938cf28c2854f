"""How far a quote can be trusted: by the place where it stands, and by what the person did there.

A text carries the trust that perceiving gave it.  A window's title is told by the system; but that of a page or a mail
was chosen by whoever made the page, and is as little trusted as its text.  There it can do one thing more: name what
the person dealt with.  Where they typed, clicked, scrolled or stayed in that window, the title counts as seen on screen
for a claim of what they did with the thing that it names, and for no other.

A text on screen that somebody else may have written speaks for what the person does, not for what they are: for that it
takes their own words or keys.  A text that speaks of "the user", or to a model, is not trusted wherever it stands,
unless the person typed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from gum.infer.borrowed import borrowed_lines
from gum.infer.confidence import cap_of
from gum.infer.quotes import plain
from gum.infer.speaking import says, speaks_of_user, speaks_to_model
from gum.perceive.applications import is_browser, is_calendar, is_chat, is_mail, is_terminal
from gum.records import Claim, Observation, Trust

# Claims of what the person does with a thing, told by their doing; the title only says how it is called.
NAMING = frozenset({"works_on", "researches", "prefers_tool", "deals_with", "has_routine", "is_stuck_on"})
STAYED = timedelta(seconds=20)
LONGEST_NAME = 8  # words; a longer object of a claim is a sentence
_MAIL = frozenset({"mail", "email", "e-mail"})
_WORD = re.compile(r"[^\W_]{3,}")
_STEM = 4  # words that begin with the same letters are the same word in another form


def trust_of(
    quote: str, seen: Observation, claim: Claim | None, around: Sequence[Observation], said: str = ""
) -> Trust:
    """Return the trust of a quote that stands in an observation; `around` are those of the same episode.

    Where it stands in several places the most trusted one counts.  `said` is the sentence that the quote is to support.
    """
    words = plain(quote)
    if claim is not None and (_is_sentence(claim) or (said and not says(claim, said))):
        claim = None
    found = [_of_text(quote, seen, claim, around)] if words in plain(seen.text) else []
    if words in plain(seen.title) or words in plain(seen.url):
        found.append(_of_title(seen, claim, around, said))
    return max(found, key=cap_of, default=seen.trust)


def _of_text(quote: str, seen: Observation, claim: Claim | None, around: Sequence[Observation]) -> Trust:
    if seen.trust in (Trust.STATED, Trust.TYPED):
        return seen.trust
    if seen.trust is Trust.UNTRUSTED or is_chat(seen.app) or _tries(quote, claim):
        return Trust.UNTRUSTED
    if seen.trust is not Trust.SCREEN:
        return seen.trust
    if claim is not None and claim.predicate in NAMING:
        told = claim.predicate == "is_stuck_on" or _names(seen, claim)
        return Trust.SCREEN if told and _engaged(seen, around) else Trust.UNTRUSTED
    if is_calendar(seen.app):  # the person's own; what others put there has a day, and no more than that
        dated = claim is not None and claim.predicate == "has_deadline"
        return Trust.SCREEN if dated else Trust.UNTRUSTED
    written_in = any(one.keys or one.kind == "typed" for one in _here(seen, around))
    return Trust.SCREEN if written_in and not is_terminal(seen.app) else Trust.UNTRUSTED


def _of_title(seen: Observation, claim: Claim | None, around: Sequence[Observation], said: str) -> Trust:
    if _tries(seen.title, claim) or (is_terminal(seen.app) and not _named(claim)) or borrowed(said, claim, around):
        return Trust.UNTRUSTED
    if not (is_browser(seen.app) or is_mail(seen.app) or is_chat(seen.app)):
        return Trust.SYSTEM if seen.trust in (Trust.STATED, Trust.TYPED) else seen.trust
    if claim is None or not _named(claim) or not _names(seen, claim):
        return Trust.UNTRUSTED
    if claim.predicate == "prefers_tool":  # which application was in front is the system's to say, no page's
        mail = plain(claim.qualifier).casefold() in _MAIL and _engaged(seen, around)
        return Trust.SYSTEM if _share(claim.object, seen.app) else Trust.SCREEN if mail else Trust.UNTRUSTED
    return Trust.SCREEN if _engaged(seen, around) else Trust.UNTRUSTED


def borrowed(said: str, claim: Claim | None, around: Sequence[Observation]) -> bool:
    """Return whether a sentence repeats a text of the same episode that is not trusted."""
    return any(
        _of_text(line, one, None, around) is Trust.UNTRUSTED
        for one in around
        if said and one.text
        for line in borrowed_lines(said, one.text, claim)
    )


def _is_sentence(claim: Claim) -> bool:
    """Return whether the object is too long for a name; what somebody is stuck on is often a sentence."""
    return claim.predicate != "is_stuck_on" and len(claim.object.split()) > LONGEST_NAME


def _named(claim: Claim | None) -> bool:
    return claim is not None and claim.predicate in NAMING


def _tries(text: str, claim: Claim | None) -> bool:
    """Return whether a text may try to write the model; what somebody works on may well be about models."""
    return speaks_of_user(text) if _named(claim) else speaks_to_model(text)


def _names(seen: Observation, claim: Claim) -> bool:
    return plain(claim.object).casefold() in _MAIL or _share(claim.object, f"{seen.title} {seen.app}")


def _engaged(seen: Observation, around: Sequence[Observation]) -> bool:
    """Return whether the person did something in the window of this title, or stayed in it."""
    here = _here(seen, around)
    stayed = max(one.until for one in here) - min(one.captured_at for one in here)
    return stayed >= STAYED or any(one.keys + one.clicks + one.scrolls for one in here)


def _here(seen: Observation, around: Sequence[Observation]) -> list[Observation]:
    return [one for one in around if (one.app, one.title) == (seen.app, seen.title)] or [seen]


def _share(first: str, second: str) -> bool:
    """Return whether two texts have a word in common, by its first letters."""
    one, two = ({word[:_STEM] for word in _WORD.findall(text.casefold())} for text in (first, second))
    return bool(one & two)
