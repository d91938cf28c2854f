"""Contradiction: both sides are kept, the refuted one falls, what was replaced ends, and the person or time decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum.errors import ConflictError
from gum.infer.conflicts import conflicts
from gum.infer.rescore import rescore
from gum.records import Claim, Draft, Durability, Kind, Proposition, Stance, Status, Trust
from tests.infer.life import Life, contradicting, draft


def city(name: str, strength: int = 7) -> Draft:
    return draft(f"The user lives in {name}.", kind=Kind.FACT, durability=Durability.PHASE, strength=strength)


@pytest.fixture
def moved(life: Life) -> Life:
    """A person who was seen to live in one city on three days, and then in another."""
    life.engine.relation = contradicting
    for day in range(3):
        life.infer(life.look("registry.odt", day), city("Bern"))
    life.infer(life.look("lease.odt", 40), city("Lisbon"))
    return life


def of(life: Life, words: str) -> Proposition:
    return next(one for one in life.store.propositions.list() if words in one.text)


def test_a_person_who_moved_lives_in_the_new_city_and_lived_in_the_old_one(moved: Life) -> None:
    bern, lisbon = of(moved, "Bern"), of(moved, "Lisbon")
    assert (bern.status, lisbon.status) == (Status.SUPERSEDED, Status.ACTIVE)
    assert bern.valid_to == lisbon.first_seen
    stances = [one.stance for one in moved.store.propositions.evidence(bern.id)]
    assert stances == [Stance.FOR] * 3 + [Stance.AGAINST]
    assert moved.store.propositions.evidence(bern.id)[-1].rival == lisbon.id
    assert moved.store.propositions.revisions(bern.id)[-1].cause == f"replaced by proposition {lisbon.id}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Claim("works_at", "acme"), Claim("works_at", "globex")),
        (Claim("lives_in", "bern"), Claim("lives_in", "lisbon")),
        (Claim("prefers_tool", "vim", "coding"), Claim("prefers_tool", "emacs", "coding")),
        (Claim("has_deadline", "report", "2026-03-06"), Claim("has_deadline", "report", "2026-03-09")),
    ],
)
def test_a_new_job_city_tool_or_day_replaces_the_old(life: Life, old: Claim, new: Claim) -> None:
    life.engine.relation = contradicting
    for day, claim in enumerate((old, new)):
        life.infer(life.look("notes.md", day), draft(f"The user is about {claim}.", claim=claim))
    statuses = [one.status for one in life.store.propositions.list()]
    assert sorted(statuses) == [Status.ACTIVE, Status.SUPERSEDED]


def test_what_may_hold_together_is_in_conflict_and_nothing_is_closed(life: Life) -> None:
    life.engine.relation = contradicting
    life.infer(life.look("a.md"), draft("The user likes tea."))
    before = life.only().probability
    life.infer(life.look("b.md", 1), draft("The user dislikes tea."))
    assert of(life, "user likes tea").probability < before
    assert {one.status for one in life.store.propositions.list()} == {Status.CANDIDATE, Status.ACTIVE}
    (conflict,) = conflicts(life.store, life.clock[0])
    assert (conflict.proposition.text, conflict.rival and conflict.rival.text, conflict.exclusive) == (
        "The user likes tea.",
        "The user dislikes tea.",
        False,
    )


def test_a_replacement_shows_as_a_conflict_until_the_person_says_which_holds(moved: Life) -> None:
    (conflict,) = conflicts(moved.store, moved.clock[0])
    assert (conflict.proposition.text, conflict.exclusive) == ("The user lives in Bern.", True)
    moved.review.confirm(of(moved, "Lisbon").id)
    assert conflicts(moved.store, moved.clock[0]) == []
    moved.review.undo(of(moved, "Lisbon").id)
    assert len(conflicts(moved.store, moved.clock[0])) == 1


def test_saying_that_the_old_one_holds_closes_the_new_one_and_can_be_taken_back(moved: Life) -> None:
    bern, lisbon = of(moved, "Bern").id, of(moved, "Lisbon").id
    held = moved.review.confirm(bern)
    assert (held.status, held.valid_to, held.probability) == (Status.CONFIRMED, None, pytest.approx(0.99))
    assert moved.store.propositions.get(lisbon).status is Status.SUPERSEDED
    assert conflicts(moved.store, moved.clock[0]) == []
    moved.review.undo(bern)
    assert moved.store.propositions.get(bern).status is Status.SUPERSEDED
    assert moved.store.propositions.get(lisbon).status is Status.ACTIVE


def test_rejecting_the_newcomer_opens_what_it_had_closed_and_silences_what_it_said(moved: Life) -> None:
    moved.review.reject(of(moved, "Lisbon").id)
    bern = of(moved, "Bern")
    assert (bern.status, bern.valid_to) == (Status.ACTIVE, None)
    assert bern.probability > 0.6
    assert conflicts(moved.store, moved.clock[0]) == []


def test_a_closing_that_the_person_took_back_is_not_done_again(moved: Life) -> None:
    bern = of(moved, "Bern")
    closing = moved.store.propositions.revisions(bern.id)[-1]
    moved.review.undo(bern.id, closing.seq)
    moved.infer(moved.look("lease.odt", 41), city("Lisbon"))
    assert of(moved, "Bern").status is not Status.SUPERSEDED


def test_time_resolves_what_nothing_new_speaks_against(moved: Life) -> None:
    later = moved.clock[0] + timedelta(days=121)
    rescore(moved.store, later)
    assert conflicts(moved.store, later) == []


def test_what_a_page_says_closes_nothing(life: Life) -> None:
    life.engine.relation = contradicting
    life.infer(life.look("registry.odt"), city("Bern", strength=9))
    for day in range(1, 6):
        life.infer(life.look("advert", day, trust=Trust.UNTRUSTED), city("Lisbon", strength=10))
    assert of(life, "Bern").status is Status.ACTIVE
    assert of(life, "Bern").probability > 0.5
    assert [one.exclusive for one in conflicts(life.store, life.clock[0])] == [True]


@pytest.mark.parametrize("made_theirs", ["confirm", "pin", "edit"])
def test_what_the_person_made_theirs_is_never_closed_by_an_engine(life: Life, made_theirs: str) -> None:
    life.engine.relation = contradicting
    (bern,) = life.infer(life.look("registry.odt"), city("Bern"))
    {
        "confirm": lambda: life.review.confirm(bern),
        "pin": lambda: life.review.pin(bern, True),
        "edit": lambda: life.review.edit(bern, "The user lives in Bern, by the river."),
    }[made_theirs]()
    life.infer(life.look("lease.odt", 5), city("Lisbon", strength=9))
    assert life.store.propositions.get(bern).status is not Status.SUPERSEDED
    assert life.store.propositions.get(bern).valid_to is None
    assert len(conflicts(life.store, life.clock[0])) == 1


def test_an_engines_change_is_undone_only_when_it_is_named(moved: Life) -> None:
    with pytest.raises(ConflictError, match="You have changed nothing"):
        moved.review.undo(of(moved, "Bern").id)
