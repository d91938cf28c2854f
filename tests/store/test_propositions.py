"""Propositions: every change is kept with who made it, and can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum.errors import ConflictError, NotFoundError
from gum.paths import Home
from gum.records import Claim, Episode, Evidence, Kind, Observation, Proposition, Stance, Status, Theme, Trust
from gum.store import PropositionQuery, Store
from gum.store.propositions import TENTHS
from tests.store.conftest import START, HandClock

Make = Callable[..., Proposition]
See = Callable[..., Observation]


def test_a_proposition_comes_back_as_it_was_kept(store: Store, proposition: Make) -> None:
    made = proposition(
        claim=Claim("has_routine", "stand-up", "09:30"),
        valid_from=START,
        valid_to=START + timedelta(days=3),
        sensitivity="health",
        pinned=True,
        kind=Kind.ROUTINE,
    )
    kept = store.propositions.add(made, "statistical/1", "episode 4")
    assert store.propositions.get(kept.id) == kept
    assert (kept.claim, kept.pinned, kept.valid_to, kept.version) == (made.claim, True, made.valid_to, 1)


def test_the_first_revision_holds_what_was_made(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(), "statistical/1", "episode 4")
    (first,) = store.propositions.revisions(kept.id)
    assert (first.seq, first.author, first.cause, first.old) == (1, "statistical/1", "episode 4", {})
    assert first.new["text"] == kept.text
    assert first.at == START


def test_a_change_leaves_a_revision_of_what_changed(store: Store, proposition: Make, clock: HandClock) -> None:
    kept = store.propositions.add(proposition(), "e", "c")
    clock.move(hours=1)
    changed = store.propositions.update(
        kept.id, {"text": "The user drinks coffee.", "theme": Theme.LIFE, "edited": True}, "person", "edit"
    )
    assert (changed.text, changed.version, changed.edited) == ("The user drinks coffee.", 2, True)
    assert store.propositions.get(kept.id) == changed
    last = store.propositions.revisions(kept.id)[-1]
    assert last.old == {"text": "The user drinks tea.", "edited": False}
    assert last.new == {"text": "The user drinks coffee.", "edited": True}
    assert last.at == clock.moment


def test_a_change_to_the_same_is_no_change(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(), "e", "c")
    assert store.propositions.update(kept.id, {"text": kept.text}, "person", "edit") == kept
    assert len(store.propositions.revisions(kept.id)) == 1


def test_an_unknown_field_is_refused_with_the_nearest(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(), "e", "c")
    with pytest.raises(ConflictError, match="Did you mean 'status'"):
        store.propositions.update(kept.id, {"statuss": "x"}, "person", "edit")
    with pytest.raises(NotFoundError, match="no proposition 99"):
        store.propositions.update(99, {"text": "x"}, "person", "edit")


def test_undoing_restores_step_by_step_until_nothing_is_left(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(claim=Claim("works_on", "tea")), "e", "c")
    store.propositions.update(kept.id, {"text": "Two", "claim": None}, "engine", "more evidence")
    store.propositions.update(kept.id, {"status": Status.REJECTED}, "person", "reject")
    once = store.propositions.undo(kept.id, "person")
    assert (once.text, once.status) == ("Two", Status.ACTIVE)
    twice = store.propositions.undo(kept.id, "person")
    assert (twice.text, twice.claim) == (kept.text, kept.claim)
    with pytest.raises(ConflictError, match="no change that can be undone"):
        store.propositions.undo(kept.id, "person")
    history = store.propositions.revisions(kept.id)
    assert [one.seq for one in history] == [1, 2, 3, 4, 5]
    assert [one.undone for one in history] == [False, True, True, True, True]
    assert history[3].cause == "undo of change 3"


def test_a_change_after_an_undo_can_be_undone_too(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(), "e", "c")
    store.propositions.update(kept.id, {"text": "Two"}, "e", "c")
    store.propositions.undo(kept.id, "person")
    store.propositions.update(kept.id, {"text": "Three"}, "e", "c")
    assert store.propositions.undo(kept.id, "person").text == kept.text


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["a", "b", "c", "undo"]), max_size=12))
def test_undo_walks_back_exactly_the_changes_that_stand(store: Store, proposition: Make, steps: list[str]) -> None:
    kept = store.propositions.add(proposition("start"), "e", "c")
    texts = ["start"]
    for step in steps:
        if step != "undo":
            if step != texts[-1]:
                texts.append(step)
            assert store.propositions.update(kept.id, {"text": step}, "e", "c").text == texts[-1]
        elif len(texts) > 1:
            texts.pop()
            assert store.propositions.undo(kept.id, "p").text == texts[-1]
        else:
            with pytest.raises(ConflictError):
                store.propositions.undo(kept.id, "p")


def test_a_recomputed_probability_leaves_no_revision(store: Store, proposition: Make) -> None:
    kept = store.propositions.add(proposition(), "e", "c")
    later = START + timedelta(days=1)
    store.propositions.set_probability(kept.id, 0.8, 0.75, Status.CONFIRMED, Trust.TYPED, later)
    found = store.propositions.get(kept.id)
    assert (found.probability, found.raw_probability, found.status) == (0.8, 0.75, Status.CONFIRMED)
    assert (found.trust, found.last_supported, found.version) == (Trust.TYPED, later, 1)
    assert len(store.propositions.revisions(kept.id)) == 1
    with pytest.raises(ConflictError):
        store.propositions.set_probability(kept.id, 1.5, 1.5)
    with pytest.raises(NotFoundError):
        store.propositions.set_probability(99, 0.5, 0.5)


def test_evidence_counts_once(store: Store, proposition: Make, observation: See) -> None:
    one = _evidence(store, store.propositions.add(proposition(), "e", "c"), observation)
    assert store.propositions.add_evidence([one, one]) == 1
    assert store.propositions.add_evidence([one]) == 0
    (kept,) = store.propositions.evidence(one.proposition)
    assert (kept.quote, kept.stance, kept.trust, kept.at) == (one.quote, one.stance, one.trust, one.at)


def test_evidence_of_what_is_not_there_is_refused_whole(store: Store, proposition: Make, observation: See) -> None:
    good = _evidence(store, store.propositions.add(proposition(), "e", "c"), observation)
    bad = Evidence(good.proposition, 99, good.episode, Stance.FOR, "q", 1.0, Trust.SCREEN, START)
    with pytest.raises(ConflictError, match="FOREIGN KEY"):
        store.propositions.add_evidence([good, bad])
    assert store.propositions.evidence(good.proposition) == []


def test_propositions_are_listed_by_filters_and_order(store: Store, proposition: Make) -> None:
    low = store.propositions.add(proposition("b low", probability=0.2, kind=Kind.SKILL), "e", "c")
    high = store.propositions.add(proposition("a high", probability=0.9, theme=Theme.WORK), "e", "c")
    gone = store.propositions.add(proposition("c gone", probability=0.5, status=Status.REJECTED), "e", "c")
    listed = store.propositions.list
    assert listed() == [high, gone, low]
    assert listed(PropositionQuery(sort="text")) == [high, low, gone]
    assert listed(PropositionQuery(sort="-id", limit=1, offset=1)) == [high]
    assert listed(PropositionQuery(statuses=[Status.ACTIVE], min_probability=0.5)) == [high]
    assert listed(PropositionQuery(kinds=[Kind.SKILL])) == [low]
    assert listed(PropositionQuery(themes=[Theme.WORK])) == [high]
    assert listed(PropositionQuery(engine="other")) == []
    assert store.propositions.count(PropositionQuery(limit=1)) == 3
    with pytest.raises(NotFoundError, match="Did you mean 'probability'"):
        listed(PropositionQuery(sort="-probabilty"))


def test_those_not_decided_on_are_counted_by_tenths_without_a_look_at_the_rows(
    store: Store, home: Home, proposition: Make
) -> None:
    for raw, status in ((0.05, Status.CANDIDATE), (0.92, Status.ACTIVE), (1.0, Status.ACTIVE), (0.9, Status.CONFIRMED)):
        store.propositions.add(proposition(f"at {raw}", raw_probability=raw, status=status), "e", "c")
    assert store.propositions.raw_tenths() == {0: 1, 9: 2}
    with closing(sqlite3.connect(home.database)) as database:
        plan = database.execute(f"EXPLAIN QUERY PLAN {TENTHS}").fetchall()
    assert "COVERING INDEX" in plan[0][-1]


def test_a_text_filter_finds_all_its_words_and_unfinished_ones(store: Store, proposition: Make) -> None:
    tea = store.propositions.add(proposition("The user drinks green tea."), "e", "c")
    store.propositions.add(proposition("The user paints the fence green."), "e", "c")
    assert store.propositions.list(PropositionQuery(text="green te")) == [tea]
    assert store.propositions.list(PropositionQuery(text='"unbalanced (')) == []
    assert store.propositions.list(PropositionQuery(text="...")) == []


def test_a_time_window_keeps_what_was_seen_in_it(store: Store, proposition: Make) -> None:
    day = timedelta(days=1)
    one = store.propositions.add(proposition(last_supported=START + 2 * day), "e", "c")
    assert store.propositions.list(PropositionQuery(since=START + day, until=START + 5 * day)) == [one]
    assert store.propositions.list(PropositionQuery(since=START + 3 * day)) == []
    assert store.propositions.list(PropositionQuery(until=START)) == []


def test_as_of_shows_what_was_believed_then(store: Store, proposition: Make, clock: HandClock) -> None:
    one = store.propositions.add(proposition(), "e", "c")
    clock.move(days=2)
    store.propositions.update(one.id, {"text": "The user drinks coffee.", "status": Status.RETIRED}, "person", "edit")
    active = [Status.ACTIVE]
    (then,) = store.propositions.list(PropositionQuery(as_of=START + timedelta(days=1), statuses=active))
    assert (then.text, then.status) == (one.text, Status.ACTIVE)
    assert store.propositions.list(PropositionQuery(as_of=START + timedelta(days=3), statuses=active)) == []
    assert store.propositions.list(PropositionQuery(as_of=START - timedelta(days=1))) == []


def test_as_of_leaves_out_what_was_not_valid_then(store: Store, proposition: Make) -> None:
    day = timedelta(days=1)
    store.propositions.add(proposition(valid_from=START + day, valid_to=START + 2 * day), "e", "c")
    found = [len(store.propositions.list(PropositionQuery(as_of=START + hours * day / 2))) for hours in range(5)]
    assert found == [0, 0, 1, 1, 0]


def test_claims_are_found_by_what_they_are_about(store: Store, proposition: Make) -> None:
    one = store.propositions.add(proposition(claim=Claim("works_on", "thesis")), "e", "c")
    two = store.propositions.add(proposition(claim=Claim("works_on", "garden")), "e", "c")
    assert store.propositions.by_claim("works_on") == [one, two]
    assert store.propositions.by_claim("works_on", "garden") == [two]
    assert store.propositions.by_claim("deals_with") == []


def _evidence(store: Store, proposition: Proposition, observation: See) -> Evidence:
    seen = store.observations.add(observation(text="tea, please"))
    episode = store.episodes.add(Episode(START, START, "a", "d", "t", 1.0, 0, 0, (seen.id,)))
    return Evidence(proposition.id, seen.id, episode.id, Stance.FOR, "tea", 1.5, Trust.SCREEN, START, "statistical/1")
