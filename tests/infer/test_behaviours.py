"""The behaviours by which the original program fails, each as a test; the numbers are those of that list.

Those that concern other parts are tested where these are: capture, retrieval, engines, the audit, the API.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta, timezone

import pytest

from gum.infer.reliability import reliability
from gum.infer.rescore import in_force, rescore
from gum.records import Claim, Durability, Kind, Observation, Relation, Status, Verdict
from gum.store import SearchQuery
from gum.store.proposition_query import HIDDEN_BELOW
from tests.infer.life import START, Life, draft

HERON = Claim("works_on", "heron report")


def test_05_the_same_fact_in_six_episodes_is_one_proposition_with_six_supports(life: Life) -> None:
    seen = []
    for day in range(6):
        life.infer(life.look("heron.md", day), draft(strength=4, claim=HERON))
        seen.append(life.only().probability)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0] + 0.2
    assert len(life.store.propositions.evidence(life.only().id)) == 6
    assert life.only().first_seen == START + timedelta(hours=0.1)


def test_06_and_07_two_unrelated_pairs_never_merge_and_an_unrelated_neighbour_gains_nothing(life: Life) -> None:
    texts = {"chess": "The user plays chess.", "tax": "The user does the bookkeeping."}
    life.engine.relation = lambda new, known: Relation.SAME if new.text == known.text else Relation.UNRELATED
    for day in range(3):
        for title, text in texts.items():
            life.infer(life.look(f"{title}.md", day), draft(text))
    for known in life.store.propositions.list():
        quotes = {one.quote for one in life.store.propositions.evidence(known.id)}
        assert quotes == {"chess.md" if "chess" in known.text else "tax.md"}


def test_08_a_refinement_keeps_the_id_the_first_seen_and_the_text_before(life: Life) -> None:
    life.infer(life.look("heron.md"), draft())
    first = life.only()
    life.engine.relation = lambda new, known: Relation.REFINES
    life.infer(life.look("heron.md", 1), draft("The user writes the heron report for the city."))
    after = life.only()
    assert (after.id, after.first_seen) == (first.id, first.first_seen)
    assert after.text == "The user writes the heron report for the city."
    assert after.probability > first.probability
    change = life.store.propositions.revisions(after.id)[-1]
    assert change.old["text"] == first.text
    assert life.review.undo(after.id, change.seq).text == first.text
    life.infer(life.look("heron.md", 2), draft("The user writes the heron report for the city."))
    assert life.only().text == first.text, "a wording that the person took back does not come again"


@pytest.mark.parametrize("days", [1, 7, 90])
def test_09_a_lasting_fact_outranks_a_glance_in_search(life: Life, days: int) -> None:
    lasting = draft("The user reads about design research at Stanford.", kind=Kind.FACT, durability=Durability.TRAIT)
    glance = draft("The user glances at a design research page.", durability=Durability.MOMENT, strength=8)
    (fact,) = life.infer(life.look("thesis.odt"), lasting)
    (seen,) = life.infer(life.look("page"), glance)
    later = life.clock[0] + timedelta(days=days)
    life.clock[0] = later
    rescore(life.store, later)
    kept = life.store.propositions
    assert kept.get(fact).probability > kept.get(seen).probability
    ranked = [hit.proposition.id for hit in life.store.search(SearchQuery(text="design research"))]
    assert ranked[0] == fact
    assert seen not in ranked, "what has passed is over"


def test_09_a_transient_thing_fades_within_hours(life: Life) -> None:
    (id,) = life.infer(life.look("call"), draft("The user is in a call.", durability=Durability.MOMENT, strength=8))
    shown = [life.store.propositions.get(id).probability]
    for hours in (2, 6, 12):
        rescore(life.store, life.clock[0] + timedelta(hours=hours))
        shown.append(life.store.propositions.get(id).probability)
    assert shown == sorted(shown, reverse=True)
    assert shown[0] > 0.6
    assert shown[-1] < 0.4
    assert life.store.propositions.get(id).status is Status.RETIRED


def test_11_the_same_instant_in_any_zone_gives_the_same_belief(life: Life) -> None:
    later = life.clock[0] + timedelta(days=20)
    life.infer(life.look("heron.md"), draft(claim=HERON))
    found = set()
    for hours in (-11, 0, 9, 13):
        rescore(life.store, later.astimezone(timezone(timedelta(hours=hours))))
        found.add(life.only())
    assert len(found) == 1


def test_11_what_is_inferred_late_keeps_the_time_at_which_it_was_seen(life: Life) -> None:
    episode = life.look("heron.md")
    life.clock[0] += timedelta(days=9)
    life.infer(episode, draft(claim=HERON))
    assert life.only().first_seen == life.only().last_supported == START + timedelta(hours=0.1)


def test_11_a_late_observation_in_an_episode_that_was_inferred_from_adds_its_own_evidence_only(life: Life) -> None:
    episode = life.look("heron.md")
    life.infer(episode, draft(claim=HERON))
    (first,) = life.store.propositions.evidence(life.only().id)
    seen = life.store.observations.get(first.observation)
    late = dataclasses.replace(seen, captured_at=seen.captured_at + timedelta(seconds=20), text="herons breed", id=0)
    kept = life.store.observations.add(dataclasses.replace(late, episode=None, content_hash=""))
    assert life.segmenter.advance(life.clock[0] + timedelta(days=1)) == [episode]
    life.infer(episode, draft(claim=HERON))
    evidence = life.store.propositions.evidence(life.only().id)
    assert [one.observation for one in evidence] == [first.observation]
    assert isinstance(kept, Observation)
    assert life.store.observations.get(kept.id).episode == episode


@pytest.mark.parametrize("said", ["edit", "pin", "reject", "never_infer"])
def test_18_what_the_person_said_is_respected_by_every_later_step(life: Life, said: str) -> None:
    (id,) = life.infer(life.look("heron.md"), draft(claim=HERON))
    {
        "edit": lambda: life.review.edit(id, "I count herons for the city."),
        "pin": lambda: life.review.pin(id, True),
        "reject": lambda: life.review.reject(id),
        "never_infer": lambda: life.review.never_infer(id),
    }[said]()
    before = life.only()
    life.engine.relation = lambda new, known: Relation.REFINES
    for day in range(1, 4):
        life.infer(life.look("heron.md", day), draft("The user writes on herons.", claim=HERON, strength=10))
        life.infer(life.look("heron.md", day), draft("The user drafts the herons' report.", strength=10))
        rescore(life.store, life.clock[0])
    after = life.only()
    assert (after.text, after.pinned, after.edited) == (before.text, before.pinned, before.edited)
    assert (after.status is Status.REJECTED) == (said in ("reject", "never_infer"))


def test_21_probabilities_learn_from_verdicts_and_their_scores_are_told(life: Life) -> None:
    for number in range(40):
        life.store.verdicts.add(
            Verdict("proposition", 100 + number, "confirm" if number % 4 == 0 else "reject", "", START, 0.8, 0.8)
        )
    life.infer(life.look("heron.md"), draft(strength=7, claim=HERON))
    before = life.only().probability
    rescore(life.store, life.clock[0])
    assert life.only().probability < before - 0.2
    assert in_force(life.store).verdicts == 40
    told = reliability([(0.8, number % 4 == 0) for number in range(40)])
    assert (told.brier, told.ece) == (pytest.approx(0.25 * 0.04 + 0.75 * 0.64), pytest.approx(0.55))


def test_almost_unsupported_things_are_kept_and_hidden_unless_asked_for(life: Life) -> None:
    life.infer(life.look("heron.md"), draft("The user may like herons.", strength=1, kind=Kind.SKILL))
    assert life.only().probability < HIDDEN_BELOW + 0.05
    everything = SearchQuery(text="herons", min_probability=0.0, statuses=tuple(Status))
    assert [hit.proposition.id for hit in life.store.search(everything)] == [life.only().id]
