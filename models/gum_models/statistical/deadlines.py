"""has_deadline: what is due when, in sentences the person typed or keeps in a document of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import dates
from gum_models.statistical.commitments import given
from gum_models.statistical.counting import plural, written_strength
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import STOP_WORDS, content, normal, overlap, similar, spoken
from gum_models.statistical.people import addressed
from gum_models.statistical.written import Own, Written, own, written

MOST_WORDS = 10
_SAME_WORDS = 0.6

_NEAR = re.compile(rf"\b(?<!not )(?:by|until|till|before|no later than|not later than)\s+(?P<date>{dates.DATE})", re.I)
# What may close for good; a shop that closes is no deadline.
_CALLS = (
    "application",
    "applications",
    "registration",
    "call",
    "entries",
    "submissions",
    "bookings",
    "tender",
    "survey",
    "return",
    "returns",
    "enrolment",
    "nominations",
    "abstracts",
)
_CLOSES = "|".join(rf"(?<=\b{call}{mark}\s)" for call in _CALLS for mark in ("", ":"))
_CUE = rf"(?:\b(?:deadline|due(?: date)?|submission date|closing date)\b|(?:{_CLOSES})(?:closes?|ends?)\b)"
_AFTER = re.compile(rf"{_CUE}[^.!?;]{{0,60}}?(?<![\w])(?P<date>{dates.DATE})", re.I)
_BEFORE = re.compile(rf"(?<![\w])(?P<date>{dates.DATE})\W{{0,3}}[^.!?;]{{0,30}}?{_CUE}", re.I)
_LATEST = re.compile(rf"(?<![\w])(?P<date>{dates.DATE}),?\s+(?:at (?:the )?)?latest\b", re.I)
# Somebody who wants something on a day: 'the printer wants the plates on Friday'.
_WANTED = re.compile(
    rf"(?P<who>[^.!?;:,]{{2,40}}?)\s+(?:wants|needs|expects)\s+(?P<thing>[^.!?;:,]{{3,60}}?)\s+(?P<date>on\s+{dates.DATE})",
    re.I,
)
_NOT_DUE = re.compile(
    r"\b(?:away|out of office|on leave|holiday|vacation|closed|open|valid|lasts?|stays?|available|was|were|had)\b"
    r"[^.]{0,25}\b(?:by|until|till|before)\b",
    re.I,
)
_LEAD = re.compile(
    r"^(?:\W|todo\b|to-do\b|reminder\b|remember(?: to|(?=\W))\b|"
    r"(?:you can )?(?:count|rely|depend) on me to\b|don't forget to\b|please\b|note\b|and\b|so\b|then\b|also\b|"
    r"(?:i|we)\s+(?:will|need to|must|have to|should|promise to|am going to|want to|can)\b|(?:i|we)'ll\b|"
    r"let me\b|need to\b|must\b|have to\b)+",
    re.I,
)
_TRAIL = re.compile(
    r"(?:\W|\b(?:must|should|shall|(?:has|have|needs?|is|are) to) be "
    r"(?:in|there|done|ready|finished|handed in|submitted|sent(?: in)?|paid|delivered|completed?)$|"
    r"\b(?:must|should|shall|(?:has|have|needs?) to) (?:reach|arrive|be with|get to|go to|go out|go in)\b.{0,40}$|"
    r"\b(?:is|are|has|have|to be|at the latest|latest|on|by|for|the|a|an|date|it|this|that)\b)+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due: what, and on which day."""

    what: str
    day: date
    source: Written


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each deadline that stands in this episode and still lies ahead."""
    for due in deadlines(view):
        quotes = due.source.quotes(view)
        if quotes and due.day >= view.current.started.date():
            yield _draft(due, quotes)


def deadlines(view: View) -> list[Due]:
    """Return the deadlines in all own sentences; each is read by the time and words of its first sighting."""
    found: list[Due] = []
    for sentence in written(view, cued):
        due = _read(sentence)
        if due is not None:
            same = next((one for one in found if one.day == due.day and _alike(one.what, due.what)), None)
            found.append(Due(same.what, due.day, sentence) if same else due)
    return found


def _alike(one: str, other: str) -> bool:
    return overlap(one, other) >= _SAME_WORDS or similar(one, other)


def cued(sighting: Sighting) -> list[Own]:
    """Return the own sentences of a window that name something due."""
    mine = sighting.once(own)
    due = {text for text in {one.text for one in mine} if _hit(spoken(text))}  # one sentence is read many times
    return [one for one in mine if one.text in due]


def _hit(text: str) -> re.Match[str] | None:
    if given(text):
        return None  # what the other side will get is a promise, and told as one
    hit = (
        _NEAR.search(text)
        or _AFTER.search(text)
        or _BEFORE.search(text)
        or _LATEST.search(text)
        or _WANTED.search(text)
    )
    return None if hit is not None and hit.re is _NEAR and _NOT_DUE.search(text) else hit


def _read(sentence: Written) -> Due | None:
    text = spoken(sentence.text)
    hit = _hit(text)
    if hit is None:
        return None
    day = dates.resolve(hit["date"], sentence.at)
    place = sentence.places[0][0]
    what = addressed(_what(text, hit), place) or place.title.subject
    first, _, rest = what.partition(" ")
    what = f"{first.lower()} {rest}" if first.lower() in STOP_WORDS else what
    return Due(what, day, sentence) if day and content(what) else None


def _what(text: str, hit: re.Match[str]) -> str:
    """Return what is due: the words before the cue, else those between cue and date, else those after."""
    if hit.re is _WANTED:
        return f"{_trimmed(hit['thing'])} for {_trimmed(hit['who'])}"
    start, end = hit.span("date")
    before = text[: hit.start()]
    cue = re.sub(_CUE, "", text[hit.start() : start], flags=re.I) if hit.re is not _NEAR else ""
    after = re.sub(_CUE, "", text[end:], flags=re.I)
    for piece in (before, cue, after):
        words = _trimmed(piece)
        if content(words):
            return words
    return ""


def _trimmed(piece: str) -> str:
    clause = re.sub(r"^.*\bTO-?DO\b", "", re.split(r"[.!?;]\s", piece.strip(" .!?;,"))[-1])
    clause = re.sub(r"^\W*(?:for|of|to|is|about)\b", "", _LEAD.sub("", clause), flags=re.I)
    return " ".join(_TRAIL.sub("", clause).strip(" ,.:;-").split()[-MOST_WORDS:])


def _draft(due: Due, quotes: tuple[Quote, ...]) -> Draft:
    typed = due.source.typed
    days = due.source.days
    where = "typed by the user" if typed else "written in the user's document"
    return Draft(
        text=f"The user has a deadline on {due.day.day} {due.day:%B %Y}: {due.what}.",
        reasoning=f"It was {where} and stood on {plural(days, 'day')}; first seen {due.source.at:%Y-%m-%d %H:%M}.",
        kind=Kind.COMMITMENT,
        durability=Durability.PROJECT,
        theme=Theme.WORK,
        quotes=quotes,
        strength=written_strength(typed, days),
        claim=Claim("has_deadline", normal(due.what), due.day.isoformat()),
        valid_from=due.source.at,
        valid_to=None,
    )
