"""The built-in engine: states only what counting supports, with no model and no network."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

from gum.protocols import EpisodeContext
from gum.records import Candidate, Draft, Frame, Observation, Proposition, Relation
from gum_models.statistical import (
    commitments,
    deadlines,
    people,
    places,
    projects,
    relating,
    routines,
    stuck,
    tools,
    topics,
)
from gum_models.statistical.apps import Role
from gum_models.statistical.digest import Digests, View
from gum_models.statistical.language import content, overlap

FINDERS: tuple[Callable[[View], Iterable[Draft]], ...] = (
    projects.find,
    topics.find,
    tools.find,
    people.find,
    routines.find,
    deadlines.find,
    commitments.find,
    stuck.find,
    places.find,
)
MOST_ANSWERS = 5
SAME_WORDS = 0.6


def one_of_each(view: View, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with one fact for each sentence that is both a promise and a deadline.

    In a mail or chat it is a promise, in a note to oneself a deadline.
    """
    mails = [seen for seen in view.sightings() if seen.title.mail or seen.role in (Role.MAIL, Role.CHAT)]
    sent = {text.id for seen in mails for text in seen.texts}
    promises = [one for one in drafts if _is(one, "has_commitment")]
    deadlines = [one for one in drafts if _is(one, "has_deadline")]
    dropped = []
    for promise, deadline in itertools.product(promises, deadlines):
        if _same_day(promise, deadline):
            dropped.append(deadline if any(quote.observation in sent for quote in promise.quotes) else promise)
    return [draft for draft in drafts if not any(draft is one for one in dropped)]


def _is(draft: Draft, predicate: str) -> bool:
    return draft.claim is not None and draft.claim.predicate == predicate


def _same_day(one: Draft, other: Draft) -> bool:
    mine, theirs = one.claim, other.claim
    if mine is None or theirs is None or mine.qualifier != theirs.qualifier:
        return False
    return overlap(mine.object, theirs.object) >= SAME_WORDS


class StatisticalEngine:
    """Counts titles, time, keys, recurrence and written words over the history of episodes."""

    name = "statistical"
    author = "statistical/1"

    def __init__(self) -> None:
        self._digests = Digests()

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return a draft for each thing that this episode supports, alone or with those before it."""
        with self._digests.view(context) as view:
            return one_of_each(view, [draft for find in FINDERS for draft in find(view)])

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Return one relation for each neighbour, by claims where both have one."""
        return [relating.relate(draft, known) for known in neighbours]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        """Return nothing: counting suggests through the suggesters, which need no engine."""
        del context, propositions
        return ()

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        """Return the propositions that share words with the question, best first, and say how it was made."""
        asked = set(content(question))
        telling = [known for known in propositions if asked & set(content(known.text))] or list(propositions)
        if not telling:
            return "Nothing is known about that yet. (No language model was used.)"
        said = [f"- [{known.id}] {known.text} ({known.probability:.0%} sure)" for known in telling[:MOST_ANSWERS]]
        return "\n".join(["What is known that bears on it; no language model was used:", *said])

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return an empty string: counting cannot see."""
        del frame, observation
        return ""
