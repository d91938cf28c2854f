"""The built-in engine: states only what counting supports, with no model and no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gum.protocols import EpisodeContext
from gum.records import Candidate, Draft, Frame, Observation, Proposition, Relation
from gum_models.statistical import commitments, deadlines, people, projects, relating, routines, stuck, tools, topics
from gum_models.statistical.digest import Digests, View
from gum_models.statistical.language import content

FINDERS: tuple[Callable[[View], Iterable[Draft]], ...] = (
    projects.find,
    topics.find,
    tools.find,
    people.find,
    routines.find,
    deadlines.find,
    commitments.find,
    stuck.find,
)
MOST_ANSWERS = 5


class StatisticalEngine:
    """Counts titles, time, keys, recurrence and written words over the history of episodes."""

    name = "statistical"
    author = "statistical/1"

    def __init__(self) -> None:
        self._digests = Digests()

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return a draft for each thing that this episode supports, alone or with those before it."""
        view = self._digests.view(context)
        return [draft for find in FINDERS for draft in find(view)]

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
        said = [f"- {known.text} ({known.probability:.0%} sure)" for known in telling[:MOST_ANSWERS]]
        return "\n".join(["What is known that bears on it; no language model was used:", *said])

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return an empty string: counting cannot see."""
        del frame, observation
        return ""
