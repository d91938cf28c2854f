"""The engine behind the protocol: quotes, relations, answers, memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from gum_models.statistical import StatisticalEngine

from gum.infer.quotes import verified
from gum.records import (
    Claim,
    Draft,
    Durability,
    Kind,
    Proposition,
    Relation,
    Theme,
    Trust,
)
from tests.models.statistical.person import Person, at
from tests.propositions import proposition

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def draft(text: str, claim: Claim | None) -> Draft:
    return Draft(text, "", Kind.FACT, Durability.TASK, Theme.WORK, (), 5, claim)


def known(text: str, claim: Claim | None, probability: float = 0.8) -> Proposition:
    return proposition(text, probability, NOW, durability=Durability.TASK, trust=Trust.TYPED, claim=claim)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (Claim("works_on", "plan.txt"), Claim("works_on", "p1an.txt"), Relation.SAME),
        (Claim("works_on", "plan.txt"), Claim("researches", "plan.txt"), Relation.UNRELATED),
        (Claim("works_on", "plan 1.txt"), Claim("works_on", "plan 2.txt"), Relation.UNRELATED),
        (Claim("researches", "charts sea"), Claim("researches", "sea charts"), Relation.SAME),
        (Claim("deals_with", "priya nair"), Claim("deals_with", "priya"), Relation.REFINES),
        (
            Claim("has_deadline", "report", "2026-03-13"),
            Claim("has_deadline", "report", "2026-03-20"),
            Relation.CONTRADICTS,
        ),
        (Claim("has_commitment", "call ann", "2026-03-13"), Claim("has_commitment", "call ann"), Relation.REFINES),
        (Claim("prefers_tool", "gedit", "writing"), Claim("prefers_tool", "mousepad", "writing"), Relation.CONTRADICTS),
        (Claim("prefers_tool", "gedit", "coding"), Claim("prefers_tool", "mousepad", "writing"), Relation.UNRELATED),
        (Claim("has_routine", "mail", "around 09:00"), Claim("has_routine", "mail", "around 09:45"), Relation.SAME),
        (
            Claim("has_routine", "mail", "around 09:00"),
            Claim("has_routine", "mail", "around 17:00"),
            Relation.CONTRADICTS,
        ),
        (Claim("is_stuck_on", "keyerror", "2026-03-02"), Claim("is_stuck_on", "keyerror", "2026-03-03"), Relation.SAME),
        (
            Claim("has_commitment", "send ann the list of plates", "2026-03-06"),
            Claim("has_commitment", "send ann the"),
            Relation.REFINES,
        ),
        (
            Claim("has_commitment", "send ann the"),
            Claim("has_commitment", "send ann the list of plates", "2026-03-06"),
            Relation.SAME,
        ),
        (
            Claim("has_deadline", "send ann the list of plates", "2026-03-06"),
            Claim("has_deadline", "send ann the", "2026-03-09"),
            Relation.UNRELATED,
        ),
    ],
)
def test_drafts_are_related_by_their_claims(mine: Claim, theirs: Claim, expected: Relation) -> None:
    assert StatisticalEngine().relate(draft("a", mine), [known("b", theirs)]) == [expected]


def test_without_claims_the_words_decide() -> None:
    mine = draft("The user keeps bees in the garden.", None)
    near, far = known("The user keeps bees in their garden", None), known("The user likes tea", None)
    assert StatisticalEngine().relate(mine, [near, far]) == [Relation.SAME, Relation.UNRELATED]


def test_an_answer_names_what_bears_on_the_question_and_says_that_no_model_spoke() -> None:
    propositions = [known("The user deals with Ann Bell.", None, 0.9), known("The user researches heat pumps.", None)]
    answer = StatisticalEngine().answer("Which pumps does she look at?", propositions)
    assert "heat pumps. (80% sure)" in answer
    assert "Ann Bell" not in answer
    assert "no language model" in answer.casefold()


def test_nothing_known_is_said_so() -> None:
    assert "Nothing is known" in StatisticalEngine().answer("Who am I?", [])


def busy_week() -> Person:
    person = Person(name="Ines Abara")
    for day in (2, 3, 4):
        person.reads(at(day, 9), "Tide table for the harbour", "High water at 06:12.")
        person.types(at(day, 10), "*plan – draft.txt", "TODO: ask Birgit Nilsen about the “tents” by Friday 13 March.")
        person.does(
            at(day, 11), "XTerm", "ines@box: ~/clock", keys=70, screens=["$ make\nKeyError: 'moon'"], typed=["make"]
        )
    return person


def test_every_quote_stands_verbatim_in_its_observation() -> None:
    person = busy_week()
    drafts = person.drafts()
    assert drafts
    for one in drafts:
        assert one.quotes
        assert all(verified(quote, person.observations) for quote in one.quotes)
        assert one.text.startswith("The user ")
        assert 1 <= one.strength <= 10


def test_the_same_history_gives_the_same_drafts() -> None:
    assert busy_week().drafts() == busy_week().drafts()


def test_what_left_the_history_counts_no_more() -> None:
    person = busy_week()
    engine = StatisticalEngine()
    last = person.context(len(person.episodes))
    assert engine.propose(last)
    alone = replace(last, history=())
    assert [one for one in engine.propose(alone) if one.claim and one.claim.predicate == "has_routine"] == []


def test_an_empty_episode_gives_nothing() -> None:
    person = Person()
    person.does(at(2, 9), "", "")
    assert person.drafts() == []
