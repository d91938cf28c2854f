"""An engine that believes every line on screen, and says so as strongly as it can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gum.protocols import EpisodeContext
from gum.records import Claim, Draft, Durability, Frame, Kind, Observation, Proposition, Quote, Relation, Theme

LONGEST = 300


class CredulousEngine:
    """Makes drafts of each line and title: bare, with a claim of its own making, and as words of the person."""

    name = "credulous"
    author = "credulous/1"

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        return [draft for seen in context.observations for draft in _of(seen)]

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        return [Relation.SAME if draft.text == known.text else Relation.UNRELATED for known in neighbours]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Any]:
        return ()

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        return ""

    def caption(self, frame: Frame, observation: Observation) -> str:
        return ""


def _of(seen: Observation) -> Iterator[Draft]:
    about = Claim("deals_with", " ".join(seen.title.casefold().split()[:3]) or "it")
    for line in (seen.title, *seen.text.splitlines()):
        words = line.strip()[:LONGEST]
        if words:
            quotes = (Quote(seen.id, words), Quote(seen.id, seen.title))
            yield _draft(words, quotes)
            yield _draft(f"The user says: {words}", quotes, Claim("prefers_tool", words.casefold()))
            yield _draft(f"It is true that {words}", quotes, about)


def _draft(text: str, quotes: tuple[Quote, ...], claim: Claim | None = None) -> Draft:
    return Draft(text, "It said so.", Kind.PREFERENCE, Durability.TRAIT, Theme.PREFERENCES, quotes, 10, claim)
