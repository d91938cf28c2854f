"""What waits for a verdict, what contradicts itself, what is asked, and how reliable it all is, over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum.errors import RefusedError
from gum.infer.rescore import rescore
from gum.records import Evidence, Stance, Trust, Verdict
from gum.store.questions import Choice
from tests.working import START, HandClock, Running, text


@pytest.fixture
def believing(served: Running, clock: HandClock) -> Running:
    """Two things were seen on one morning, and the second speaks against the first."""
    for number, words in enumerate(("the harbour survey", "a bread recipe")):
        served.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
    clock.forward(hours=2)
    served.work()
    harbour, bread = sorted(one.id for one in served.client.propositions().items)
    (seen,) = served.service.store.propositions.evidence(bread)
    against = Evidence(
        harbour, seen.observation, seen.episode, Stance.AGAINST, seen.quote, 0.5, Trust.SCREEN, seen.at, rival=bread
    )
    served.service.store.propositions.add_evidence([against])
    return served


def test_a_conflict_is_shown_with_both_sides_until_a_verdict(believing: Running) -> None:
    (conflict,) = believing.client.conflicts()
    assert conflict.proposition.text.endswith("the harbour survey")
    assert conflict.rival is not None
    assert conflict.rival.text.endswith("a bread recipe")
    evidence = believing.client.proposition(conflict.proposition.id).evidence
    assert [one.rival for one in evidence] == [None, conflict.rival.id]
    believing.client.confirm(conflict.proposition.id)
    assert believing.client.conflicts() == []


def test_the_queue_gives_what_to_judge_and_keeps_that_it_had_asked(believing: Running) -> None:
    first = believing.client.review(limit=1)[0]
    believing.client.reject(first.proposition.id, asked="review")
    assert [one.asked for one in believing.service.store.verdicts.list()] == ["review"]
    assert first.proposition.id not in {one.proposition.id for one in believing.client.review()}


def test_a_question_is_answered_by_its_number_and_another_dismissed(believing: Running, clock: HandClock) -> None:
    store = believing.service.store
    ids = tuple(sorted(one.id for one in believing.client.propositions().items))
    asked = store.questions.ask("All of it?", ids, clock(), [Choice("Yes", true=ids), Choice("No", false=ids)])
    other = store.questions.ask("Or this?", ids, clock(), [])
    assert [one.text for one in believing.client.questions()] == ["All of it?", "Or this?"]
    answered = believing.client.answer_question(asked.id, "1")
    assert [one.status for one in answered.propositions] == ["confirmed", "confirmed"]
    assert believing.client.dismiss_question(other.id).status == "dropped"
    assert believing.client.questions() == []
    assert len(believing.client.questions(None)) == 2
    with pytest.raises(RefusedError, match="answered already"):
        believing.client.answer_question(asked.id, "2")


def test_calibration_tells_scores_by_the_persons_verdicts(believing: Running) -> None:
    nothing = believing.client.calibration()
    assert (nothing.verdicts, nothing.shown.count, nothing.slope) == (0, 0, 1.0)
    ids = [one.id for one in believing.client.propositions().items]
    true = believing.client.confirm(ids[0]).verdicts[0].shown_probability or 0
    false = believing.client.reject(ids[1]).verdicts[0].shown_probability or 0
    told = believing.client.calibration()
    assert (told.verdicts, told.shown.count, told.shown.base_rate) == (2, 2, 0.5)
    assert told.shown.brier == pytest.approx(((1 - true) ** 2 + false**2) / 2)


def test_a_change_by_an_engine_is_undone_by_its_number_only(believing: Running) -> None:
    one = believing.client.propositions().items[0]
    believing.service.store.propositions.update(one.id, {"text": "The user sails."}, "echo/1", "refined")
    with pytest.raises(RefusedError, match="You have changed nothing"):
        believing.client.undo(one.id)
    assert believing.client.undo(one.id, 2).proposition.text == one.text


def test_calibration_tells_which_caps_the_verdicts_have_raised(believing: Running) -> None:
    store = believing.service.store
    for number in range(40):
        store.verdicts.add(Verdict("proposition", 1000 + number, "confirm", "", START, 0.7, 0.7, bound=Trust.SCREEN))
    rescore(store, START)
    told = believing.client.calibration().caps
    assert set(told) == {"screen"}
    assert 0.7 < told["screen"] <= 0.9
