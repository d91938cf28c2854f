"""A simulated person is the same for the same seed, mostly noise, and has every kind of fact."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta

import pytest

from gum.evaluate.simulate.generator import HELD_OUT_FROM, SUPPORTABLE_FROM, Life, fingerprint, live, vocabulary
from gum.evaluate.simulate.generator.screen import legible
from gum.evaluate.simulate.generator.view import Mark
from gum.evaluate.simulate.generator.writing import misread
from gum.records import PREDICATES

SEEDS = (0, 7, 500, HELD_OUT_FROM, HELD_OUT_FROM + 4)


@pytest.fixture(scope="module", params=SEEDS)
def life(request: pytest.FixtureRequest) -> Life:
    return live(request.param, 3)


def test_a_seed_always_makes_the_same_life() -> None:
    one, other = live(3, 2), live(3, 2)
    assert one.captures == other.captures
    assert one.truth == other.truth


def test_other_seeds_make_other_lives() -> None:
    assert len({live(seed, 1).person.name for seed in range(6)}) == 6


def test_at_least_half_of_what_is_seen_is_noise(life: Life) -> None:
    assert life.noise >= 0.5
    assert life.noisy <= {one.source for one in life.captures}


def test_captures_come_in_order_each_with_a_source_of_its_own(life: Life) -> None:
    times = [one.captured_at for one in life.captures]
    assert times == sorted(times)
    assert len({one.source for one in life.captures}) == len(life.captures)


def test_every_predicate_is_true_of_somebody() -> None:
    lives = [live(seed, 3) for seed in range(8)]
    planted = Counter(fact.predicate for one in lives for fact in one.truth.facts if fact.planted)
    supportable = Counter(fact.predicate for one in lives for fact in one.truth.facts if fact.supportable)
    assert set(planted) == set(supportable) == set(PREDICATES)


def test_some_facts_change_and_say_by_what() -> None:
    facts = {fact.id: fact for seed in range(6) for fact in live(seed, 3).truth.facts}
    changed = [fact for seed in range(6) for fact in live(seed, 3).truth.facts if fact.replaced_by]
    assert {"works_on", "has_deadline", "prefers_tool"} <= {fact.predicate for fact in changed}
    assert all(fact.ends is not None and fact.replaced_by in facts for fact in changed)


def test_a_fact_is_supportable_from_three_visits_on_if_it_is_planted() -> None:
    fact = live(0, 3).truth.facts[0]
    few = dataclasses.replace(fact, shown=SUPPORTABLE_FROM - 1)
    enough = dataclasses.replace(fact, shown=SUPPORTABLE_FROM)
    beside = dataclasses.replace(enough, planted=False)
    assert [one.supportable for one in (few, enough, beside)] == [False, True, False]


def test_what_is_shown_is_really_on_the_screen(life: Life) -> None:
    for fact in life.truth.facts:
        if fact.predicate == "deals_with" and fact.shown:
            words = fact.names[0].casefold()
            assert sum(words in f"{one.title}\n{one.text}".casefold() for one in life.captures) >= fact.shown


def test_a_mark_that_was_read_wrongly_shows_nothing() -> None:
    assert legible(Mark("f", "vendor terms"), "", "the signed Vendor Terms")
    assert not legible(Mark("f", "vendor terms"), "Re: terms", "the signed vendortcrms")


def test_the_same_line_is_mostly_read_in_the_same_way() -> None:
    line = "Bids for double-walled cartons"
    read = {misread(line, 0.9, f"reader {number}") for number in range(20)}
    assert len(read) > 5
    assert misread(line, 0.9, "reader 1") == misread(line, 0.9, "reader 1")
    assert misread(line, 0.0, "reader 1") == line


def test_there_are_decoys_of_many_kinds(life: Life) -> None:
    assert {"prefers_tool", "researches", "deals_with", "has_deadline", "lives_in"} <= {
        one.predicate for one in life.truth.decoys
    }


def test_daily_routines_happen_at_their_time(life: Life) -> None:
    for fact in life.truth.facts:
        if fact.predicate == "has_routine" and len(fact.qualifiers[0]) == len("08:00") and fact.supportable:
            hour, minute = map(int, fact.qualifiers[0].split(":"))
            seen = [one.at for one in life.truth.happenings if fact.names[-1] in one.words]
            wanted = [one.replace(hour=hour, minute=minute, second=0) for one in seen]
            near = [abs(one - at) < timedelta(minutes=25) for one, at in zip(seen, wanted, strict=True)]
            assert sum(near) >= fact.shown


def test_people_held_out_are_made_of_other_words() -> None:
    def words(held_out: bool) -> set[str]:
        return {
            name
            for life in vocabulary.lives()
            for topic in vocabulary.half(life.topics, held_out)
            for name in topic.names
        }

    assert not words(held_out=True) & words(held_out=False)
    assert not any(live(seed, 1).person.work.reserved for seed in range(12))


def test_there_are_lives_of_many_kinds() -> None:
    assert len(vocabulary.lives()) >= 12


def test_the_fingerprint_is_a_hash_that_stays() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 64
