"""How what was inferred from a recording compares with its ground truth, field by field.

A fact is found when a proposition of its predicate names one of its accepted names, and agrees with its
qualifier where the fact has one: the same day, or a time of day within an hour.  A proposition is right when it
matches a fact, or when the driver's log bears its fields out (see `gum.replay.log`); otherwise it is wrong.
A fact in the form of question and answer is found when the answer's words stand in one proposition with
its quotes; such facts are reported apart, and make the recall only when a recording has no others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gum.errors import RecordingError
from gum.records import PREDICATES, Kind, Proposition
from gum.replay.log import Log
from gum.replay.names import agree, fits, tokens

# Which kinds of proposition may state a predicate, for engines that give no claim.
KINDS: Mapping[str, frozenset[Kind]] = {
    "works_on": frozenset({Kind.ACTIVITY, Kind.STATE, Kind.FACT}),
    "researches": frozenset({Kind.INTEREST, Kind.ACTIVITY}),
    "prefers_tool": frozenset({Kind.PREFERENCE, Kind.SKILL, Kind.FACT}),
    "deals_with": frozenset({Kind.RELATION}),
    "has_routine": frozenset({Kind.ROUTINE}),
    "has_deadline": frozenset({Kind.COMMITMENT, Kind.FACT}),
    "has_commitment": frozenset({Kind.COMMITMENT}),
    "is_stuck_on": frozenset({Kind.STATE, Kind.ACTIVITY}),
    "lives_in": frozenset({Kind.FACT, Kind.STATE}),
    "works_at": frozenset({Kind.FACT, Kind.STATE, Kind.RELATION}),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A planted fact: by fields with accepted names, or as question and answer."""

    id: str
    predicate: str = ""
    names: tuple[str, ...] = ()
    qualifier: str = ""
    question: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One proposition and why it counts as right or wrong."""

    proposition: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of the ground truth, and what was said that it does not bear out.

    `found` maps a fact's id to the propositions that state it; `answered` does so for questions.
    """

    found: Mapping[str, tuple[int, ...]]
    missed: tuple[Fact, ...]
    answered: Mapping[str, tuple[int, ...]]
    unanswered: tuple[Fact, ...]
    right: tuple[Judged, ...]
    wrong: tuple[Judged, ...]

    @property
    def recall(self) -> float:
        """The share of facts found; of questions when there are no other facts; 1 when there are none at all."""
        hit, miss = (self.found, self.missed) if self.found or self.missed else (self.answered, self.unanswered)
        return len(hit) / (len(hit) + len(miss)) if hit or miss else 1.0

    @property
    def wrong_share(self) -> float:
        """The share of propositions that are wrong; 0 when nothing was said."""
        said = len(self.right) + len(self.wrong)
        return len(self.wrong) / said if said else 0.0

    @property
    def precision(self) -> float:
        """The share of propositions that are right; 1 when nothing was said."""
        return 1.0 - self.wrong_share


def score(
    propositions: Sequence[Proposition],
    truth: Mapping[str, Any],
    quotes: Callable[[int], Sequence[str]] = lambda _: (),
) -> Score:
    """Compare propositions with a ground truth; `quotes` gives the evidence of one by its id.

    Raises RecordingError when the ground truth does not have the form of truth.json.
    """
    facts, log = facts_of(truth), Log.of(truth)
    stated = [fact for fact in facts if fact.predicate]
    asked = [fact for fact in facts if not fact.predicate]
    found = {fact.id: tuple(one.id for one in propositions if matches(one, fact)) for fact in stated}
    answered = {fact.id: tuple(one.id for one in propositions if answers(one, quotes(one.id), fact)) for fact in asked}
    right: list[Judged] = []
    wrong: list[Judged] = []
    for one in propositions:
        why = _why_right(one, quotes(one.id), stated, log)
        (right if why else wrong).append(Judged(one.id, one.text, why or "no fact and nothing in the log bears it out"))
    return Score(
        found={key: ids for key, ids in found.items() if ids},
        missed=tuple(fact for fact in stated if not found[fact.id]),
        answered={key: ids for key, ids in answered.items() if ids},
        unanswered=tuple(fact for fact in asked if not answered[fact.id]),
        right=tuple(right),
        wrong=tuple(wrong),
    )


def facts_of(truth: Mapping[str, Any]) -> list[Fact]:
    """Return the facts of a ground truth.  Raises RecordingError."""
    facts = truth.get("facts", [])
    if not isinstance(facts, list):
        raise RecordingError("The facts of a ground truth must be a list.")
    return [_fact(number, fact) for number, fact in enumerate(facts, 1)]


def matches(one: Proposition, fact: Fact) -> bool:
    """Say whether the proposition states the fact."""
    if one.claim is None:
        said = tokens(one.text)
        return one.kind in KINDS[fact.predicate] and any(tokens(name) <= said for name in fact.names if tokens(name))
    if one.claim.predicate != fact.predicate:
        return False
    named = any(fits(_subject(one), name) for name in fact.names)
    return named and (not fact.qualifier or agree(one.claim.qualifier, fact.qualifier))


def answers(one: Proposition, quoted: Sequence[str], fact: Fact) -> bool:
    """Say whether all words of the answer stand in the proposition with its quotes."""
    wanted = tokens(fact.answer)
    return bool(wanted) and wanted <= tokens(" ".join([one.text, *quoted]))


def _subject(one: Proposition) -> str:
    """Return what the proposition is about; trouble is told apart by its place too, which its text names."""
    assert one.claim is not None
    return one.text if one.claim.predicate == "is_stuck_on" else one.claim.object


def _why_right(one: Proposition, quoted: Sequence[str], facts: Sequence[Fact], log: Log) -> str:
    fact = next((fact for fact in facts if matches(one, fact)), None)
    if fact is not None:
        return f"states the fact {fact.id}"
    if one.claim is not None:
        return log.bears_out(one.claim.predicate, one.claim.object, one.claim.qualifier, quoted)
    kinds = [predicate for predicate in PREDICATES if one.kind in KINDS[predicate]]
    return next((why for predicate in kinds if (why := log.named_in(predicate, one.text, quoted))), "")


def _fact(number: int, fact: Any) -> Fact:
    if not isinstance(fact, dict):
        raise RecordingError(f"Fact {number} of the ground truth must be an object.")
    name = str(fact.get("id", f"fact-{number}"))
    if "answer" in fact:
        return Fact(name, question=str(fact.get("question", "")), answer=str(fact["answer"]))
    accepted = fact.get("object")
    names = [accepted] if isinstance(accepted, str) else accepted
    if fact.get("predicate") not in PREDICATES or not isinstance(names, list) or not names:
        raise RecordingError(f"Fact {name!r} of the ground truth needs a known predicate and an object, or an answer.")
    return Fact(name, fact["predicate"], tuple(map(str, names)), str(fact.get("qualifier") or ""))
