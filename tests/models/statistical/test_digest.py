"""A long history stays small: the texts of past episodes are read again when they are needed, and only then."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Sequence

import pytest
from gum_models.statistical import StatisticalEngine
from gum_models.statistical.digest import MOST_HELD, Digests

from gum.protocols import EpisodeContext
from gum.records import Observation
from tests.models.statistical.person import Person, at

EPISODES = 60
LENGTH = 20_000  # characters on each screen


@pytest.fixture(scope="module")
def person() -> Person:
    """A person who looked at a long page in each of many episodes."""
    made = Person()
    for number in range(EPISODES):
        page = " ".join(f"Paragraph {number}.{word} of the tide tables." for word in range(LENGTH // 38))
        made.does(at(2 + number // 6, 8 + number % 6), "Editor", f"page-{number}.txt", screens=(page,), keys=30)
    return made


class Reading:
    """Contexts of a person's episodes, and how often each episode's observations were read again."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.read: Counter[int] = Counter()

    def of(self, episode: int) -> tuple[Observation, ...]:
        return tuple(one for one in self._person.observations.values() if one.episode == episode)

    def earlier(self, episode: int) -> Sequence[Observation]:
        self.read[episode] += 1
        return self.of(episode)

    def context(self, number: int) -> EpisodeContext:
        here, before = self._person.episodes[number], self._person.episodes[:number]
        return EpisodeContext(here, self.of(here.id), tuple(before), self.earlier, (), here.ended_at)


def test_a_past_episode_is_read_once_while_the_engine_goes_along(person: Person) -> None:
    reading, engine = Reading(person), StatisticalEngine()
    for number in range(EPISODES):
        engine.propose(reading.context(number))
    assert set(reading.read) == {one.id for one in person.episodes[:-1]}
    assert max(reading.read.values()) <= 2


def test_a_fresh_engine_over_a_long_history_reads_each_episode_once(person: Person) -> None:
    reading = Reading(person)
    StatisticalEngine().propose(reading.context(EPISODES - 1))
    assert set(reading.read.values()) == {1}


def test_what_is_kept_of_a_long_history_is_a_small_part_of_its_texts(person: Person) -> None:
    reading, engine = Reading(person), StatisticalEngine()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        engine.propose(reading.context(EPISODES - 1))
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept < EPISODES * 10_000, f"{kept} bytes are kept of {EPISODES} episodes"


def test_a_text_says_the_same_after_it_was_let_go(person: Person) -> None:
    reading, digests = Reading(person), Digests()
    with digests.view(reading.context(EPISODES - 1)) as view:
        told = [[text.text for text in sighting.texts] for sighting in view.sightings()]
    assert EPISODES > MOST_HELD
    reading.read.clear()
    with digests.view(reading.context(EPISODES - 1)) as view:
        assert [[text.text for text in sighting.texts] for sighting in view.sightings()] == told
    assert len(reading.read) >= EPISODES - 1 - MOST_HELD


def test_a_text_that_is_gone_from_the_store_is_empty_and_no_failure(person: Person) -> None:
    reading, digests = Reading(person), Digests()
    with digests.view(reading.context(EPISODES - 1)) as view:
        first = view.past[0].sightings[0].texts[0]
    reading.of = lambda episode: ()  # type: ignore[method-assign]
    assert first.text == ""
