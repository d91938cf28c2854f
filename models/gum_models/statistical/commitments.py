"""has_commitment: what the person says in the first person that they will do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import dates, wordlists
from gum_models.statistical.counting import plural, written_strength
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import content, normal, overlap, plain
from gum_models.statistical.people import addressee
from gum_models.statistical.written import Own, Written, own, written

MOST_WORDS = 12

_PROMISE = re.compile(
    r"(?:\b[Il|] will|\b[Il|]'ll|\b[Il|] promise(?: you)?(?: that [Il|] will| to)?|\b[Il|](?:'m| am) going to|"
    r"\b[Il|] (?:need|have|still have) to|\b[Il|] must|\b[Ll]et me|\b[Rr]emember to|\b[Dd]on'?t forget to|"
    r"\bTO-?DO\b(?!\.\w)\s*:?)\s+(?P<action>[^.!?;:\n]+)"
)
# First words after which nothing is promised.
_NO_ACTION = wordlists.load("no_action")
_CUT = re.compile(r"\s+(?:because|so that|but|although|which|>>|&&|\|)(?:\s+|$).*$|\s*[\"'`]?\s*(?:>>|>|&&|\|).*$")


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each promise that the person typed and that stands in this episode."""
    known: list[tuple[str, Written]] = []
    for sentence in written(view, promised):
        if not sentence.typed:
            continue
        action = _addressed(action_of(sentence.text), addressee(sentence.places[0][0]))
        same = next((held for held, _ in known if overlap(held, action) >= 0.75), action)
        known.append((same, sentence))
    for action, sentence in known:
        quotes = sentence.quotes(view)
        if quotes:
            yield _draft(action, sentence, quotes)


def promised(sighting: Sighting) -> list[Own]:
    """Return the own sentences of a window that promise something."""
    return [(seen, sentence) for seen, sentence in sighting.once(own) if action_of(sentence)]


def action_of(sentence: str) -> str:
    """Return what the sentence promises to do, without a date at its end; empty when it promises nothing."""
    hit = _PROMISE.search(plain(sentence))
    if hit is None:
        return ""
    action = _CUT.sub("", hit["action"])
    action = re.sub(rf"\s+(?:(?:by|until|till|before|on)\s+)?{dates.DATE}(?=\W|$)", "", action, flags=re.I)
    said = action.strip(" ,.-").split()[:MOST_WORDS]
    if len(said) < 2 or said[0].casefold() in _NO_ACTION or not said[0][0].isalpha():
        return ""
    return " ".join(said) if content(action) else ""


def day_of(sentence: Written) -> date | None:
    """Return the day for which the sentence promises it, where it names one."""
    named = re.search(rf"(?<!\w)(?:{dates.DATE})", plain(sentence.text), re.I)
    return dates.resolve(named[0], sentence.at) if named else None


def _addressed(action: str, name: str) -> str:
    """Put the reader's name, or 'them', for 'you'; the person's own 'my' becomes 'their'."""
    theirs = re.sub(r"\byour\b", f"{name}'s" if name else "their", re.sub(r"\b(?:my|our)\b", "their", action))
    return re.sub(r"\byou\b", name or "them", theirs)


def _draft(action: str, sentence: Written, quotes: tuple[Quote, ...]) -> Draft:
    days = sentence.days
    day = day_of(sentence)
    when = f" (for {day.day} {day:%B %Y})" if day else ""
    return Draft(
        text=f"The user has said they will {action[:1].lower()}{action[1:]}{when}.",
        reasoning=f"The user typed it, first seen {sentence.at:%Y-%m-%d %H:%M}; it stood on {plural(days, 'day')}.",
        kind=Kind.COMMITMENT,
        durability=Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=written_strength(True, days),
        claim=Claim("has_commitment", normal(action), day.isoformat() if day else ""),
        valid_from=sentence.at,
    )
