"""To which project a suggestion belongs: what the person works on, as far as it shares evidence with the suggestion."""

from __future__ import annotations

from collections import Counter

from gum.records import LIVE, Proposition, Suggestion
from gum.store import Store
from gum.store.proposition_query import PropositionQuery


def project_of(store: Store, suggestion: Suggestion) -> str:
    """Return the name of the project, empty where none is known.

    It is the project among what the suggestion rests on, else the one whose evidence comes from the same episodes most.
    """
    rests_on = list(store.propositions.many(sorted(set(suggestion.propositions))).values())
    named = [one for one in rests_on if _is_project(one)]
    if named:
        return _name(named[0])
    episodes = {piece.episode for one in rests_on for piece in store.propositions.evidence(one.id)}
    if not episodes:
        return ""
    shared: Counter[int] = Counter()
    projects = {one.id: one for one in store.propositions.list(PropositionQuery(statuses=LIVE)) if _is_project(one)}
    for id in sorted(projects):
        shared[id] = len(episodes & {piece.episode for piece in store.propositions.evidence(id)})
    best = shared.most_common(1)
    return _name(projects[best[0][0]]) if best and best[0][1] else ""


def _is_project(one: Proposition) -> bool:
    return one.claim is not None and one.claim.predicate == "works_on"


def _name(one: Proposition) -> str:
    return one.claim.object if one.claim else ""
