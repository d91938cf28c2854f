"""Whether a proposition is right about a simulated person at an instant, judged by its fields.

It is right when it agrees with a fact that held then, or at the end of its own validity.  What has changed may be
believed for a while longer (`GRACE`): nobody can know at once.  A routine that no fact declares is right when what
happened bears it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.evaluate.simulate.generator import Decoy, Fact, Truth
from gum.records import Claim, Proposition
from gum.replay.names import agree, fits, tokens
from gum.replay.score import KINDS

GRACE: Mapping[str, timedelta] = {"works_on": timedelta(days=14), "is_stuck_on": timedelta(days=1)}
USUAL_GRACE = timedelta(days=3)
ROUTINE_SHARE = 0.5
"""On so many of the days in question, three at least, must have happened what is called a routine."""

_LEAST_DAYS = 3
_HOUR = timedelta(hours=1)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?\b", re.I)
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})\b")
_ORDER = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether it is right, by which facts, and why; `decoy` is the id of the decoy that was believed."""

    right: bool
    facts: tuple[str, ...] = ()
    why: str = ""
    decoy: str = ""


class Judge:
    """Judges by one ground truth.  The fields of the same words are compared once."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._agreeing: dict[tuple[str, Claim | None], tuple[Fact, ...]] = {}

    def judge(self, one: Proposition, at: datetime) -> Judgement:
        """Return whether the proposition is right at an instant."""
        agreeing = self._agreeing_with(one)
        then = at if one.valid_to is None else min(at, one.valid_to)
        holding = tuple(fact.id for fact in agreeing if _holds(fact, then))
        if holding:
            return Judgement(True, holding, "holds")
        if agreeing:
            return Judgement(False, (), f"no longer or not yet: {agreeing[0].id}")
        if one.claim is not None and one.claim.predicate == "has_routine" and self._borne_out(one, one.claim, at):
            return Judgement(True, (), "borne out by what happened")
        decoy = next((decoy for decoy in self._truth.decoys if _names_decoy(one, decoy)), None)
        return Judgement(False, (), decoy.why if decoy else "no fact", decoy.id if decoy else "")

    def _agreeing_with(self, one: Proposition) -> tuple[Fact, ...]:
        key = one.text, one.claim
        if key not in self._agreeing:
            self._agreeing[key] = tuple(fact for fact in self._truth.facts if states(one, fact))
        return self._agreeing[key]

    def _borne_out(self, one: Proposition, claim: Claim, at: datetime) -> bool:
        clock = _CLOCK.search(claim.qualifier)
        wanted = tokens(claim.object)
        if clock is None or not wanted:
            return False
        day = _weekday(claim.qualifier)
        seen = {
            when.date()
            for when, words in ((happening.at, happening.words) for happening in self._truth.happenings)
            if when <= at and wanted <= tokens(words) and _near(when, clock) and day in ("", _ORDER[when.weekday()])
        }
        days = {
            happening.at.date()
            for happening in self._truth.happenings
            if happening.at <= at and day in ("", _ORDER[happening.at.weekday()])
        }
        since = one.first_seen.astimezone(self._truth.happenings[0].at.tzinfo).date()
        return len(seen) >= _LEAST_DAYS and len(seen) >= ROUTINE_SHARE * sum(one >= since for one in days)


def states(one: Proposition, fact: Fact) -> bool:
    """Return whether the proposition states the fact, whenever that holds."""
    if one.claim is None:
        said = tokens(one.text)
        named = any(tokens(name) <= said for name in fact.names if tokens(name))
        return named and one.kind in KINDS[fact.predicate]
    if one.claim.predicate != fact.predicate:
        return False
    about = one.text if fact.predicate == "is_stuck_on" else one.claim.object
    return any(fits(about, name) for name in fact.names) and _same_detail(one.claim.qualifier, fact)


def _same_detail(said: str, fact: Fact) -> bool:
    if not fact.qualifiers or (not said and fact.predicate == "prefers_tool"):
        return True
    if fact.predicate == "has_routine" and _weekday(said):
        wanted = _weekday(fact.qualifiers[0])
        if wanted and wanted != _weekday(said):
            return False
    return any(agree(said, wanted) for wanted in fact.qualifiers)


def _holds(fact: Fact, at: datetime) -> bool:
    grace = GRACE.get(fact.predicate, USUAL_GRACE)
    return fact.starts <= at and (fact.ends is None or at <= fact.ends + grace)


def _names_decoy(one: Proposition, decoy: Decoy) -> bool:
    if one.claim is None:
        said = tokens(one.text)
        return any(tokens(name) <= said for name in decoy.names if tokens(name))
    return one.claim.predicate == decoy.predicate and any(
        tokens(name) and len(tokens(name) & tokens(one.claim.object)) * 2 > len(tokens(name)) for name in decoy.names
    )


def _weekday(text: str) -> str:
    found = _WEEKDAY.search(text)
    return found[1].lower()[:3] if found else ""


def _near(when: datetime, clock: re.Match[str]) -> bool:
    wanted = when.replace(hour=int(clock[1]) % 24, minute=int(clock[2]), second=0)
    return abs(when - wanted) <= _HOUR
