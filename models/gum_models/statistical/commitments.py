"""has_commitment: what the person says in the first person that they will do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import dates, quoting, wordlists
from gum_models.statistical.counting import plural, written_strength
from gum_models.statistical.digest import View
from gum_models.statistical.language import content, normal, overlap, plain
from gum_models.statistical.written import Written, written

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
    for sentence in written(view):
        action = action_of(sentence.text)
        if not action or not sentence.typed:
            continue
        same = next((held for held, _ in known if overlap(held, action) >= 0.75), action)
        known.append((same, sentence))
    for action, sentence in known:
        quotes = tuple(
            quoting.clipped(seen, text)
            for sighting, seen, text in sentence.places
            if sighting.episode == view.current.episode
        )
        if quotes:
            yield _draft(action, sentence, quoting.distinct(quotes))


def action_of(sentence: str) -> str:
    """Return what the sentence promises to do, without a date at its end; empty when it promises nothing."""
    hit = _PROMISE.search(plain(sentence))
    if hit is None:
        return ""
    action = _CUT.sub("", hit["action"])
    action = re.sub(rf"\s+(?:by|until|before|on)?\s*{dates.DATE}\W*$", "", action, flags=re.I)
    said = action.strip(" ,.-").split()[:MOST_WORDS]
    if len(said) < 2 or said[0].casefold() in _NO_ACTION or not said[0][0].isalpha():
        return ""
    return " ".join(said) if content(action) else ""


def _draft(action: str, sentence: Written, quotes: tuple[Quote, ...]) -> Draft:
    days = len({seen.day for seen, _, _ in sentence.places})
    return Draft(
        text=f"The user has said they will {action[:1].lower()}{action[1:]}.",
        reasoning=f"The user typed it, first seen {sentence.at:%Y-%m-%d %H:%M}; it stood on {plural(days, 'day')}.",
        kind=Kind.COMMITMENT,
        durability=Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=written_strength(True, days),
        claim=Claim("has_commitment", normal(action)),
        valid_from=sentence.at,
    )
