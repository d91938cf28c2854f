"""Questions: one answer settles several propositions; few at a time, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum.errors import ConflictError, NotFoundError
from gum.infer.questions import A_DAY, MOST_OPEN, Inquiry
from gum.infer.review_queue import due
from gum.records import Claim, Draft, Kind, Proposition, Relation, Status, Trust
from gum.store.questions import Question
from tests.infer.life import Life, draft


@pytest.fixture
def inquiry(life: Life) -> Inquiry:
    return Inquiry(life.store, life.review, lambda: life.clock[0])


def exclusive(new: Draft, known: Proposition) -> Relation:
    same_thing = new.claim and known.claim and new.claim.predicate == known.claim.predicate == "lives_in"
    return Relation.CONTRADICTS if same_thing else Relation.UNRELATED


@pytest.fixture
def moving(life: Life) -> Life:
    life.engine.relation = exclusive
    for day, city in enumerate(("bern", "lisbon")):
        claim = Claim("lives_in", city)
        life.infer(
            life.look(f"{city}.odt", day), draft(f"The user lives in {city.title()}.", claim=claim, kind=Kind.FACT)
        )
    return life


def about(life: Life, thing: str, day: float = 0.0) -> list[int]:
    """Let two uncertain things be believed of one subject."""
    return life.infer(
        life.look(f"{thing}.md", day),
        draft(f"The user works on {thing}.", claim=Claim("works_on", thing), strength=3),
        draft(f"The user reads up on {thing}.", claim=Claim("researches", thing), strength=4),
    )


def test_which_of_two_holds_is_asked_and_the_answer_settles_both(moving: Life, inquiry: Inquiry) -> None:
    (question,) = inquiry.look(moving.clock[0])
    assert question.text == "Which of these holds now? (1) The user lives in Bern. (2) The user lives in Lisbon."
    assert [one.text for one in question.choices] == [
        "The user lives in Bern.",
        "The user lives in Lisbon.",
        "None of them",
    ]
    answered = inquiry.answer(question.id, "2")
    assert (answered.status, answered.answer) == ("answered", "The user lives in Lisbon.")
    bern, lisbon = (moving.store.propositions.get(id) for id in question.propositions)
    assert (bern.status, lisbon.status) == (Status.SUPERSEDED, Status.CONFIRMED)


def test_an_answer_is_evidence_of_the_highest_trust_and_can_be_undone(life: Life, inquiry: Inquiry) -> None:
    ids = about(life, "herons")
    (question,) = inquiry.look(life.clock[0])
    inquiry.answer(question.id, "yes")
    for id in ids:
        known = life.store.propositions.get(id)
        assert (known.trust, known.probability) == (Trust.STATED, pytest.approx(0.99))
        (verdict,) = life.store.verdicts.list("proposition", id)
        assert (verdict.verdict, verdict.asked) == ("confirm", "question")
        assert life.review.undo(id).status is not Status.CONFIRMED


def test_no_rejects_all_and_in_part_leaves_all(life: Life, inquiry: Inquiry) -> None:
    herons, owls = about(life, "herons"), about(life, "owls", 1)
    first, second = inquiry.look(life.clock[0])
    inquiry.answer(first.id, "No, none of it")
    inquiry.answer(second.id, "3")
    assert {life.store.propositions.get(id).status for id in first.propositions} == {Status.REJECTED}
    assert life.store.verdicts.list("proposition", second.propositions[0]) == []
    assert {*first.propositions, *second.propositions} == {*herons, *owls}


def test_a_sentence_of_ones_own_is_stated(moving: Life, inquiry: Inquiry) -> None:
    (question,) = inquiry.look(moving.clock[0])
    inquiry.answer(question.id, "I live in Porto since March.")
    stated = [one for one in moving.store.propositions.list() if one.engine == "person"]
    assert [(one.text, one.trust) for one in stated] == [("I live in Porto since March.", Trust.STATED)]


def test_what_is_no_answer_is_told_the_choices(moving: Life, inquiry: Inquiry) -> None:
    (question,) = inquiry.look(moving.clock[0])
    with pytest.raises(ConflictError, match=r"1\. The user lives in Bern"):
        inquiry.answer(question.id, "9")
    with pytest.raises(NotFoundError):
        inquiry.answer(77, "1")


def test_few_questions_wait_and_none_is_asked_twice(life: Life, inquiry: Inquiry) -> None:
    for number in range(6):
        about(life, f"subject {number}", number / 10)
    asked: list[Question] = inquiry.look(life.clock[0])
    assert len(asked) == A_DAY
    assert inquiry.look(life.clock[0] + timedelta(hours=1)) == []
    asked += inquiry.look(life.clock[0] + timedelta(days=2))
    assert len(asked) == MOST_OPEN
    for one in asked:
        inquiry.dismiss(one.id)
    later = inquiry.look(life.clock[0] + timedelta(days=4))
    assert not {one.text for one in later} & {one.text for one in asked}
    with pytest.raises(ConflictError, match="dropped already"):
        inquiry.answer(asked[0].id, "1")


def test_a_question_that_the_person_settled_otherwise_is_dropped(moving: Life, inquiry: Inquiry) -> None:
    (question,) = inquiry.look(moving.clock[0])
    moving.review.confirm(question.propositions[0])
    assert inquiry.look(moving.clock[0]) == []
    assert moving.store.questions.get(question.id).status == "dropped"


def test_the_certain_is_not_asked_about(life: Life, inquiry: Inquiry) -> None:
    life.infer(life.look("herons.md"), draft(claim=Claim("works_on", "herons"), strength=10))
    life.infer(life.look("herons.md", 1), draft("The user reads.", claim=Claim("researches", "herons"), strength=10))
    assert inquiry.look(life.clock[0]) == []


def test_the_review_queue_starts_with_what_teaches_most(life: Life) -> None:
    sure = life.infer(life.look("tea.md"), draft("The user drinks tea.", strength=10))
    alone = life.infer(life.look("chess.md", 1), draft("The user plays chess.", strength=3))
    pair = about(life, "herons", 2)
    life.clock[0] += timedelta(days=3)
    found = due(life.store, life.clock[0], 10)
    assert [one.proposition.id for one in found][-2:] == [*alone, *sure]
    assert {one.proposition.id for one in found[:2]} == set(pair)
    assert "1 more is about the same" in found[0].why
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    life.review.confirm(pair[0], asked="review")
    assert pair[0] not in {one.proposition.id for one in due(life.store, life.clock[0], 10)}
    assert [one.asked for one in life.store.verdicts.list()] == ["review"]
    assert due(life.store, life.clock[0], 1)[0].proposition.id == due(life.store, life.clock[0], 10)[0].proposition.id


def test_the_review_queue_says_what_is_in_conflict(moving: Life) -> None:
    found = due(moving.store, moving.clock[0], 10)
    assert any("something else speaks against it" in one.why for one in found)
