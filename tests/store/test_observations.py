"""Observations: committed once, found by time, episode and source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum.errors import GumError, NotFoundError
from gum.paths import Home
from gum.records import Episode, InferenceState, Observation, Trust
from gum.store import Store
from tests.store.conftest import START
from tests.threads import at_once

Make = Callable[..., Observation]


def test_an_observation_comes_back_as_it_was_kept(store: Store, observation: Make) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    kept = store.observations.add(
        observation(
            captured_at=datetime(2026, 3, 2, 14, 30, tzinfo=east),
            until=datetime(2026, 3, 2, 14, 31, tzinfo=east),
            title="отчёт 📈 שלום",
            text="a\nb",
            trust=Trust.DOCUMENT,
            window=7,
            keys=3,
            source="run-1/5",
        )
    )
    found = store.observations.get(kept.id)
    assert found == kept
    assert found.captured_at.utcoffset() == timedelta(hours=5, minutes=30)
    assert found.content_hash != ""


def test_what_comes_twice_from_one_source_is_kept_once(store: Store, observation: Make) -> None:
    first = store.observations.add(observation(source="s/1", text="one"))
    again = store.observations.add(observation(source="s/1", text="two"))
    assert again == first
    assert store.observations.count() == 1


def test_observations_without_a_source_are_all_kept(store: Store, observation: Make) -> None:
    store.observations.add(observation())
    store.observations.add(observation())
    assert store.observations.count() == 2


def test_observations_are_found_by_time_and_app_oldest_first(store: Store, observation: Make) -> None:
    late = store.observations.add(observation(5, app="mail"))
    early = store.observations.add(observation(1, app="mail"))
    store.observations.add(observation(3, app="code"))
    since, until = START, START + timedelta(minutes=6)
    assert [one.id for one in store.observations.between(since, until, app="mail")] == [early.id, late.id]
    assert store.observations.between(since, START + timedelta(minutes=5), app="mail") == [early]
    assert store.observations.between(None, None, limit=1, newest_first=True) == [late]
    assert store.observations.last() == late
    assert store.observations.count(since=START + timedelta(minutes=2)) == 2


def test_many_returns_those_that_exist(store: Store, observation: Make) -> None:
    late, early = store.observations.add(observation(9)), store.observations.add(observation(1))
    assert store.observations.many([late.id, 999, early.id]) == [early, late]


def test_extending_adds_counts_and_never_shortens(store: Store, observation: Make) -> None:
    one = store.observations.add(observation(keys=2))
    longer = store.observations.extend(one.id, START + timedelta(minutes=3), keys=5, clicks=1)
    assert (longer.until, longer.keys, longer.clicks) == (START + timedelta(minutes=3), 7, 1)
    assert store.observations.extend(one.id, START).until == START + timedelta(minutes=3)
    with pytest.raises(NotFoundError, match="no observation 999"):
        store.observations.extend(999, START)


def test_an_episode_takes_its_observations_and_gives_them_back(store: Store, observation: Make) -> None:
    ids = [store.observations.add(observation(minute)).id for minute in range(3)]
    episode = store.episodes.add(_episode(tuple(ids[:2])))
    assert [one.id for one in store.observations.unassigned()] == ids[2:]
    assert store.episodes.replace(episode.id, _episode(tuple(ids))).observations == tuple(ids)
    assert store.observations.unassigned() == []
    changed = store.episodes.replace(episode.id, _episode((ids[1],), app="other"))
    assert (changed.app, changed.observations) == ("other", (ids[1],))
    assert [one.id for one in store.observations.unassigned()] == [ids[0], ids[2]]
    store.episodes.delete(episode.id)
    assert len(store.observations.unassigned()) == 3


def test_an_episode_is_open_then_pending_then_inferred(store: Store, observation: Make) -> None:
    one = store.observations.add(observation())
    episode = store.episodes.add(_episode((one.id,)))
    assert (store.episodes.open(), store.episodes.pending()) == ([episode], [])
    store.episodes.close(episode.id)
    assert (store.episodes.open(), store.episodes.pending()) == ([], [episode])
    store.episodes.set_state(episode.id, InferenceState.FAILED, "no model")
    failed = store.episodes.get(episode.id)
    assert (failed.state, failed.tries, failed.reason) == (InferenceState.FAILED, 1, "no model")
    store.episodes.set_state(episode.id, InferenceState.INFERRED)
    assert store.episodes.pending() == []
    store.episodes.reopen(episode.id)
    assert [one.id for one in store.episodes.open()] == [episode.id]
    for change in (store.episodes.close, store.episodes.reopen):
        with pytest.raises(NotFoundError, match="no episode 77"):
            change(77)


def test_episodes_are_found_by_overlap_and_by_days_before(store: Store) -> None:
    episode = store.episodes.add(_episode(()))
    assert store.episodes.between(START + timedelta(minutes=1), None) == [episode]
    assert store.episodes.between(None, START) == []
    assert store.episodes.before(START + timedelta(days=2), days=3) == [episode]
    assert store.episodes.before(START + timedelta(days=9), days=3) == []
    assert store.episodes.last() == episode
    with pytest.raises(NotFoundError, match="no episode 77"):
        store.episodes.get(77)


def test_a_time_without_zone_is_refused(store: Store, observation: Make) -> None:
    with pytest.raises(GumError, match="no time zone"):
        store.observations.add(observation(captured_at=datetime(2026, 3, 2)))  # noqa: DTZ001 - that is the point
    assert store.observations.count() == 0


def test_observations_added_by_many_threads_are_all_kept(store: Store, observation: Make) -> None:
    def add(number: int) -> None:
        for at in range(20):
            store.observations.add(observation(at, observer=f"o{number}", source=f"{number}/{at}"))

    at_once([partial(add, number) for number in range(6)])
    found = store.observations.between(None, None)
    assert len(found) == 120
    assert len({one.id for one in found}) == 120


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=5), st.sampled_from(["", "a", "b", "c"])), max_size=8), st.integers())
def test_ids_grow_and_any_text_comes_back(
    home: Home, observation: Make, texts: list[tuple[str, str]], salt: int
) -> None:
    with Store.open(home) as store:
        last = store.observations.last()
        newest = max((one.id for one in store.observations.between(None, None)), default=0)
        for text, source in texts:
            known = store.observations.count()
            kept = store.observations.add(observation(text=text, source=source and f"{salt}/{source}"))
            if store.observations.count() > known:
                assert kept.id > newest
                assert store.observations.get(kept.id).text == text
                newest = kept.id
            else:
                assert kept.id <= newest
        assert last is None or store.observations.get(last.id) == last


def _episode(observations: tuple[int, ...], app: str = "code") -> Episode:
    return Episode(START, START + timedelta(minutes=10), app, "report.md", "report", 600.0, 10, 2, observations)
