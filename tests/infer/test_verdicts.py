"""The review: what the person says holds, and can be taken back."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum.config import Config
from gum.errors import ConflictError
from gum.infer.rescore import in_force, rescore
from gum.paths import Home
from gum.records import Claim, Durability, Relation, Stance, Status
from gum.store import Store
from tests.infer.life import START, Life, ScriptedEngine, draft

HERON = Claim("works_on", "heron report")


@pytest.fixture
def known(life: Life) -> int:
    (id,) = life.infer(life.look("heron.md"), draft(strength=4, claim=HERON))
    return id


def test_confirming_raises_the_probability_and_keeps_what_was_shown_before(life: Life, known: int) -> None:
    before = life.only().probability
    after = life.review.confirm(known, "yes")
    assert (after.status, after.probability) == (Status.CONFIRMED, pytest.approx(0.99))
    (verdict,) = life.store.verdicts.list("proposition", known)
    assert (verdict.verdict, verdict.note, verdict.shown_probability) == ("confirm", "yes", before)
    assert life.store.propositions.revisions(known)[-1].author == "person"


def test_a_confirmed_project_gets_an_end_and_a_confirmed_trait_does_not(life: Life, known: int) -> None:
    assert life.review.confirm(known).valid_to == life.clock[0] + timedelta(days=60)
    (trait,) = life.infer(life.look("tea.md", 1), draft("The user drinks tea.", durability=Durability.TRAIT))
    assert life.review.confirm(trait).valid_to is None


def test_a_rejected_proposition_is_not_inferred_again_from_old_or_new_evidence(life: Life, known: int) -> None:
    rejected = life.review.reject(known)
    assert (rejected.status, rejected.probability) == (Status.REJECTED, pytest.approx(0.01))
    evidence = life.store.propositions.evidence(known)
    assert life.infer(1, draft(claim=HERON)) == []
    assert life.infer(life.look("heron.md", 1), draft(claim=HERON)) == []
    life.engine.relation = lambda new, old: Relation.REFINES
    assert life.infer(life.look("heron.md", 2), draft("The user writes the heron report's summary.")) == []
    assert life.store.propositions.evidence(known) == evidence
    assert life.only().status is Status.REJECTED


def test_undoing_a_rejection_lets_it_be_inferred_again(life: Life, known: int) -> None:
    before = life.only()
    life.review.reject(known)
    after = life.review.undo(known)
    assert (after.status, after.probability) == (before.status, pytest.approx(before.probability, abs=0.01))
    assert life.infer(life.look("heron.md", 1), draft(claim=HERON)) == [known]


def test_a_verdict_that_is_taken_back_no_longer_counts_for_calibration(life: Life, known: int) -> None:
    life.review.confirm(known)
    assert in_force(life.store).verdicts == 1
    life.review.undo(known)
    assert in_force(life.store).verdicts == 0


def test_an_edit_survives_later_inference(life: Life, known: int) -> None:
    edited = life.review.edit(known, "  I write the   heron report ")
    assert (edited.text, edited.edited, edited.status) == ("I write the heron report", True, Status.CONFIRMED)
    life.engine.relation = lambda new, old: Relation.REFINES
    life.infer(life.look("heron.md", 1), draft("The user drafts the heron report."))
    life.infer(life.look("heron.md", 2), draft("The user works on herons.", claim=HERON, strength=10))
    assert life.only().text == "I write the heron report"
    assert len(life.store.propositions.evidence(known)) == 3
    assert life.review.undo(known).text == "The user works on the heron report."


def test_an_empty_edit_is_refused(life: Life, known: int) -> None:
    with pytest.raises(ConflictError):
        life.review.edit(known, "   ")


def test_what_is_never_to_be_inferred_stays_away_in_any_words_of_the_claim(life: Life, known: int) -> None:
    life.review.never_infer(known)
    assert life.infer(life.look("heron.md", 1), draft("Herons keep the user busy.", claim=HERON)) == []
    life.review.undo(known)
    assert life.store.tombstones.list() == []
    assert life.infer(life.look("heron.md", 2), draft("Herons keep the user busy.", claim=HERON)) == [known]


def test_a_pinned_proposition_is_neither_retired_nor_reworded(life: Life) -> None:
    (id,) = life.infer(life.look("call"), draft("The user is in a call.", durability=Durability.MOMENT))
    life.review.pin(id, True)
    life.engine.relation = lambda new, old: Relation.REFINES
    life.infer(life.look("call", 0.01), draft("The user is in a call with Ana.", durability=Durability.MOMENT))
    rescore(life.store, life.clock[0] + timedelta(days=30))
    assert life.only().text == "The user is in a call."
    assert life.only().status is not Status.RETIRED
    assert life.review.pin(id, False).pinned is False
    rescore(life.store, life.clock[0] + timedelta(days=30))
    assert life.only().status is Status.RETIRED


def test_a_passing_thing_retires_when_it_has_faded_and_comes_back_when_seen_again(life: Life) -> None:
    moment = draft("The user is in a call.", durability=Durability.MOMENT, claim=Claim("has_commitment", "call"))
    (id,) = life.infer(life.look("call"), moment)
    assert rescore(life.store, life.clock[0] + timedelta(days=2)) == [id]
    assert life.only().status is Status.RETIRED
    assert life.infer(life.look("call", 3), moment) == [id]
    assert life.only().status is Status.ACTIVE


def test_what_was_retired_by_the_person_stays_so_until_there_is_newer_evidence(life: Life, known: int) -> None:
    life.review.retire(known)
    rescore(life.store, life.clock[0] + timedelta(hours=1))
    assert life.only().status is Status.RETIRED


def test_what_the_person_adds_is_theirs_and_is_not_added_twice(life: Life) -> None:
    first = life.review.add("I prefer mornings.")
    assert (first.status, first.probability, first.engine) == (Status.CONFIRMED, pytest.approx(0.99), "person")
    assert life.review.add("i prefer  mornings").id == first.id
    rescore(life.store, life.clock[0] + timedelta(days=900))
    assert life.only().probability == pytest.approx(0.99)


def test_undo_with_nothing_to_undo_is_refused(life: Life, known: int) -> None:
    with pytest.raises(ConflictError):
        life.review.undo(known)


_WHAT = st.sampled_from(["support", "oppose", "confirm", "reject", "edit", "pin", "never", "retire", "undo", "fade"])


@settings(max_examples=25, deadline=None)
@given(st.lists(_WHAT, max_size=8))
def test_any_interleaving_of_evidence_verdicts_and_undo_keeps_the_invariants(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    clock = [START]
    with Store.open(Home(tmp_path_factory.mktemp("home")), now=lambda: clock[0]) as store:
        life = Life(store, ScriptedEngine(), Config(), clock)
        (id,) = life.infer(life.look("heron.md"), draft(claim=HERON))
        for day, step in enumerate(steps, start=1):
            _do(life, id, step, day)
            _check(life, id)


def _do(life: Life, id: int, step: str, day: int) -> None:
    about = draft(claim=HERON)
    before = life.store.propositions.get(id)
    evidence = life.store.propositions.evidence(id)
    if step in ("support", "oppose"):
        stance = Stance.FOR if step == "support" else Stance.AGAINST
        life.infer(life.look("heron.md", day), dataclasses.replace(about, stance=stance))
        gained = len(life.store.propositions.evidence(id)) - len(evidence)
        assert gained == (0 if before.status is Status.REJECTED else 1)
    elif step == "edit":
        life.review.edit(id, f"I say {day}.")
    elif step == "pin":
        life.review.pin(id, True)
    elif step == "never":
        life.review.never_infer(id)
    elif step == "undo":
        if any(not one.undone and one.seq > 1 for one in life.store.propositions.revisions(id)):
            life.review.undo(id)
    elif step == "fade":
        rescore(life.store, life.clock[0] + timedelta(days=1))
    else:
        getattr(life.review, step)(id)


def _check(life: Life, id: int) -> None:
    one = life.only()
    assert one.id == id
    assert 0 <= one.probability <= 0.99 + 1e-9
    if one.status is Status.REJECTED:
        assert one.probability <= 0.01 + 1e-9
    if life.store.tombstones.list():
        assert one.status is Status.REJECTED
    if one.edited:
        assert one.text.startswith("I say")
    revisions = life.store.propositions.revisions(id)
    assert [change.seq for change in revisions] == list(range(1, len(revisions) + 1))
    text = revisions[0].new["text"]
    for change in revisions[1:]:
        assert change.old.get("text", text) == text
        text = change.new.get("text", text)
    assert one.text == text


def test_a_verdict_given_during_a_rescoring_is_not_lost(life: Life, known: int) -> None:
    speaking = threading.Thread(target=life.review.confirm, args=(known,))

    def meanwhile() -> Iterator[int]:
        speaking.start()
        speaking.join(0.3)
        yield known

    rescore(life.store, life.clock[0], meanwhile())
    speaking.join()
    assert life.only().probability == pytest.approx(0.99)
