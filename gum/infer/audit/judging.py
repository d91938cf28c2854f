"""The ruling on one draft: what it is, whose, from where, to whom, and what the person's own norms say of that.

The strictest of these holds:

    it judges the person, or tells a secret             held, and not written down
    it tells origin, religion or gender that nothing    held, and not written down: a name says nothing about them
      seen says in words
    the person refused this matter before               held
    the person allowed this matter before               let through
    its category is not allowed                         held
    it was said in confidence                           held
    the person refused this category from this          held
      application twice, and allowed none
    else                                                let through, marked with its category
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gum.infer.audit.flow import Flow, flow_of
from gum.infer.audit.rules import CATEGORIES, JUDGEMENT, NEVER_WRITTEN, ORIGIN, THIRD_PERSONS, says, touched
from gum.records import Draft, Observation

ALLOWED, HELD = "allowed", "held"
REFUSALS_TO_HOLD = 2


@dataclass(frozen=True, slots=True)
class Norms:
    """What the person showed before: categories they allowed, matters they answered, refusals by category and app."""

    categories: frozenset[str] = frozenset()
    answer: str = ""
    refused_from: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided of a draft, and why; `kept` is whether the log may hold its words."""

    category: str
    decision: str
    reason: str
    flow: Flow | None = None
    kept: bool = True
    categories: tuple[str, ...] = field(default=())


def categories_of(draft: Draft, by_engine: Sequence[str] = ()) -> list[str]:
    """Return every category that a draft touches by the rules or by the engine, those never written down first."""
    said = " ".join((draft.text, draft.claim.object if draft.claim else ""))
    found = touched(said)
    found += [name for name in touched(draft.reasoning) if name not in (JUDGEMENT, THIRD_PERSONS)]
    found += [name for name in by_engine if name in (*CATEGORIES, JUDGEMENT)]
    return sorted(dict.fromkeys(found), key=lambda name: name not in NEVER_WRITTEN)


def judge(
    draft: Draft, quotes: Sequence[tuple[str, Observation]], norms: Norms, by_engine: Sequence[str] = ()
) -> Ruling | None:
    """Return the ruling on a draft that rests on these quotes; None when nothing in it is sensitive."""
    found = categories_of(draft, by_engine)
    if not found:
        return None
    flow = flow_of("somebody else" if THIRD_PERSONS in found else "you", quotes) if quotes else None
    ruling = _never(found, quotes) or _by_norms(found, flow, norms)
    return Ruling(ruling.category, ruling.decision, ruling.reason, flow, ruling.kept, tuple(found))


def _never(found: Sequence[str], quotes: Sequence[tuple[str, Observation]]) -> Ruling | None:
    """Return the ruling on what no answer of the person lets through."""
    if JUDGEMENT in found:
        return Ruling(JUDGEMENT, HELD, "It judges the person; only what they do is kept.", kept=False)
    for name in found:
        if name in ORIGIN and quotes and not any(says(name, words) for words, _ in quotes):
            return Ruling(name, HELD, f"Nothing that was seen says it; a name tells nothing of {name}.", kept=False)
    return None


def _by_norms(found: Sequence[str], flow: Flow | None, norms: Norms) -> Ruling:
    closed = next((name for name in found if name not in norms.categories), None)
    category = closed or found[0]
    kept = not NEVER_WRITTEN & set(found)
    word = category.replace("_", " ")
    if norms.answer == "refused":
        return Ruling(category, HELD, "You refused this before.", kept=kept)
    if norms.answer == "allowed":
        return Ruling(category, ALLOWED, "You allowed this before.", kept=kept)
    if closed:
        return Ruling(category, HELD, f"It concerns {word}, which you have not allowed.", kept=kept)
    if flow is not None and flow.in_confidence:
        return Ruling(category, HELD, f"It concerns {word} and was said in confidence.", kept=kept)
    refused = next((name for name in found if flow and (name, flow.app) in norms.refused_from), None)
    if refused:
        reason = f"You refused what concerns {refused.replace('_', ' ')} from this application before."
        return Ruling(refused, HELD, reason, kept=kept)
    return Ruling(category, ALLOWED, f"You allowed what concerns {word}.", kept=kept)
