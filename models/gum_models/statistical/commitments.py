"""has_commitment: what the person says in the first person that they will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import dates, quoting, wordlists
from gum_models.statistical.counting import plural, written_strength
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import STOP_WORDS, content, normal, overlap, plain, spoken
from gum_models.statistical.people import NAME, addressed
from gum_models.statistical.written import Own, Written, own, written

MOST_WORDS = 12
_SAME = 0.75  # the share of content words from which two promises are one

_PROMISE = re.compile(
    rf"(?:(?:\bI |^\W*)[Pp]romised? (?P<whom>{NAME}) to|"
    r"\bI(?: will| shall|'ll| promised?(?: you)?(?: that I (?:will|would)| to)?|(?:'m| am) going to| must|"
    r" can(?= (?:let you have|send|bring|give|get|deliver|hand)\b)|"
    r" (?:need|have|still have) to)|\b(?:[Cc]ount|[Rr]ely|[Dd]epend) on me to|"
    r"\b(?:[Hh]appy|[Gg]lad) to|"
    r"\b[Ll]et me|\b[Rr]emember to|\b[Dd]on'?t forget to|\bTO-?DO\b(?!\.\w)\s*:?)\s+(?P<action>[^.!?;:\n]+)"
)
# What the other side is told to get: 'you will have the list on Monday', 'the list will be with you', 'I owe you the
# list'.
_GIVEN = re.compile(
    r"\b[Yy]ou(?: will|'ll) (?:get|have|receive) (?P<what>[^.!?;:\n]+?) from me\b(?P<when>[^.!?;:\n]*)|"
    rf"\b[Yy]ou(?: will|'ll| can) have (?P<dated>(?:the|my|our|your)\b(?:(?! from )[^.!?;:\n])+?),?\s+"
    rf"(?:(?:by|until|till|before)\s+)?(?i:{dates.DATE})|"
    rf"\bI (?:still )?owe (?P<whom>you|{NAME}) (?P<owed>(?:the|my|our)\b[^.!?;:,\n]+)|"
    r"^\W*(?:[^.!?;:\n]*, )?(?P<thing>[^.!?;:,\n]+?)(?: will|'ll) be (?:with you|in your inbox|on your desk)\b"
)
_DATED = re.compile(
    rf",?\s+(?:(?:by|until|till|before|on|for)\s+)?{dates.DATE}(?=\W|$)(?:,?\s+at (?:the )?latest\b)?", re.I
)
_OFFER = re.compile(r"\bI can\b")  # a promise only with its day
_WHOM = re.compile(r"(?<=\w )(?:her|him|them)\b(?= (?:a|an|about|my|our|that|the|this)\b|$)")
_SAID_TWICE = re.compile(r",\s*(?:I\s+)?(?:promised?|(?:for )?sure|thanks|thank you|cheers|okay|ok)$", re.I)
# First words after which nothing is promised.
_NO_ACTION = wordlists.load("no_action")
_NO_THING = frozenset({"he", "i", "it", "she", "that", "they", "this", "we", "who", "you"})
_CUT = re.compile(
    r",\s*(?:and )?(?:you|it|they)(?:'ll| will) .*$|"
    r"\s+(?:because|so that|but|although|which|>>|&&|\|)(?:\s+|$).*$|\s*[\"'`]?\s*(?:>>|>|&&|\|).*$"
)


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each promise that the person typed and that stands in this episode."""
    for sentences in _promises(view).values():
        action = _wording(sentences)
        quotes = quoting.distinct(quote for sentence in sentences for quote in sentence.quotes(view))
        if quotes:
            yield _draft(action, sentences, quotes)


def _promises(view: View) -> dict[str, list[Written]]:
    """Return the sentences that promise something by what they promise; the first wording names it."""
    found: dict[str, list[Written]] = {}
    for sentence in written(view, promised):
        if sentence.typed:
            action = addressed(action_of(sentence.text), sentence.places[0][0])
            same = next((held for held in found if overlap(held, action) >= _SAME), action)
            found.setdefault(same, []).append(sentence)
    return found


def _wording(sentences: Sequence[Written]) -> str:
    """Return the promise in the words of the sentence that names its day, else of the first."""
    told = next((sentence for sentence in sentences if day_of(sentence)), sentences[0])
    return addressed(action_of(told.text), told.places[0][0])


def promised(sighting: Sighting) -> list[Own]:
    """Return the own sentences of a window that promise something."""
    return [one for one in sighting.once(own) if action_of(one.text)]


def action_of(sentence: str) -> str:
    """Return what the sentence promises to do, without a date at its end; empty when it promises nothing."""
    text = spoken(sentence)
    undated = _DATED.sub("", text)
    hit = _PROMISE.search(undated)
    if hit and _OFFER.match(hit[0]) and undated == text:
        hit = None
    action = _DATED.sub("", given(text)) or (_CUT.sub("", hit["action"]) if hit else "")
    whom = hit["whom"] if hit else None
    action = _WHOM.sub(whom, action, count=1) if whom else action
    said = _SAID_TWICE.sub("", action.strip(" ,.-")).split()[:MOST_WORDS]
    if len(said) < 2 or (_is_no_action(said[0].casefold()) and not whom) or not said[0][0].isalpha():
        return ""
    return " ".join(said) if content(action) else ""


def _is_no_action(word: str) -> bool:
    """Return whether nothing is promised by a sentence of this verb; its last letter may have been misread."""
    return word in _NO_ACTION or any(len(word) > 3 and one[:-1] == word[: len(one)] for one in _NO_ACTION)


def given(sentence: str) -> str:
    """Return what is to be done by a sentence that says what the other side will get; empty for any other."""
    hit = _GIVEN.search(spoken(sentence))
    if hit is None:
        return ""
    told = hit["what"] or hit["dated"] or hit["owed"] or hit["thing"]
    first, _, rest = told.strip(" ,-").partition(" ")
    thing = f"{first.lower() if first.lower() in STOP_WORDS else first} {rest}".strip()
    return f"get {thing} to {hit['whom'] or 'you'}" if content(thing) and first.lower() not in _NO_THING else ""


def day_of(sentence: Written) -> date | None:
    """Return the day for which the sentence promises it, where it names one."""
    named = re.search(rf"(?<!\w)(?:{dates.DATE})", plain(sentence.text), re.I)
    return dates.resolve(named[0], sentence.at) if named else None


def _draft(action: str, sentences: Sequence[Written], quotes: tuple[Quote, ...]) -> Draft:
    first = sentences[0]
    days = max(sentence.days for sentence in sentences)
    day = next((day for sentence in reversed(sentences) if (day := day_of(sentence))), None)
    when = f" (for {day.day} {day:%B %Y})" if day else ""
    return Draft(
        text=f"The user has said they will {action[:1].lower()}{action[1:]}{when}.",
        reasoning=f"The user typed it, first seen {first.at:%Y-%m-%d %H:%M}; it stood on {plural(days, 'day')}.",
        kind=Kind.COMMITMENT,
        durability=Durability.PROJECT if day else Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=written_strength(True, days),
        claim=Claim("has_commitment", normal(action), day.isoformat() if day else ""),
        valid_from=first.at,
    )
