"""Retention: what is old goes, what does not fit goes, and nothing that a proposition rests on."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum.config import Config
from gum.forget.forgetting import Forgetter
from gum.forget.retention import Retention
from gum.forget.selection import Selection
from gum.paths import Home
from gum.records import Status
from gum.store import Store
from tests.forget.conftest import Life
from tests.store.conftest import START, HandClock

DAY = 24 * 60


def retention(life: Life, *, budget_mb: int = 2048, **keep: float) -> Retention:
    none = {"pixels_days": 0, "texts_days": 0, "episodes_days": 0, "propositions_days": 0}
    config = Config.model_validate({"keep": none | keep, "store": {"disk_budget_mb": budget_mb}})
    return Retention(life.store, config, life.clock)


def counts(life: Life) -> dict[tuple[str, str], int]:
    return {(one.what, one.reason): one.count for one in life.store.ledger.between()}


def test_nothing_goes_before_its_time(life: Life) -> None:
    life.believe("The user drinks tea.", life.see(0, "Mail", "A", "tea", frame=b"a"))
    before = life.dump()
    life.clock.moment = START + timedelta(days=29)
    assert (
        not retention(life, pixels_days=30, texts_days=30, episodes_days=30, propositions_days=30)
        .apply()
        .counts.total()
    )
    assert life.dump() == before


def test_old_frames_go_and_their_observations_stay(life: Life) -> None:
    old, young = life.see(0, "Mail", "A", "a", frame=b"a"), life.see(20 * DAY, "Mail", "B", "b", frame=b"b")
    life.clock.moment = START + timedelta(days=31)
    retention(life, pixels_days=30).apply()
    assert (life.store.observations.get(old.id).frame, life.store.observations.get(old.id).text) == ("", "a")
    assert life.store.observations.get(young.id).frame == young.frame
    assert counts(life) == {("removed frames", "age"): 1}


def test_old_texts_go_unless_a_proposition_rests_on_them(life: Life) -> None:
    free, needed = life.see(0, "Mail", "A", "letters"), life.see(1, "Mail", "B", "tea")
    life.believe("The user drinks tea.", needed)
    life.clock.moment = START + timedelta(days=31)
    retention(life, texts_days=30).apply()
    assert [life.store.observations.get(one.id).text for one in (free, needed)] == ["", "tea"]
    assert life.store.observations.get(free.id).title == "A"
    assert counts(life) == {("removed texts", "age"): 1}


def test_old_episodes_go_with_their_observations_unless_a_proposition_rests_on_them(life: Life) -> None:
    free, needed = life.see(0, "Mail", "A", "letters"), life.see(1, "Mail", "B", "tea")
    life.store.jobs.put("infer", free.episode or 0, START)
    life.believe("The user drinks tea.", needed)
    life.clock.moment = START + timedelta(days=31)
    retention(life, episodes_days=30).apply()
    assert [one.id for one in life.store.observations.between(None, None)] == [needed.id]
    assert [one.id for one in life.store.episodes.between(None, None)] == [needed.episode]
    assert life.store.jobs.counts()["waiting"] == 0
    assert counts(life) == {("removed observations", "age"): 1, ("removed episodes", "age"): 1}


def test_propositions_go_only_when_asked_and_never_the_persons_own(life: Life) -> None:
    gone = life.believe("The user counts zebras.")
    kept = [
        life.believe("The user drinks tea.", status=Status.CONFIRMED),
        life.believe("I like trains.", engine="person"),
        life.believe("The user sings.", pinned=True),
        life.believe("The user rows.", last_supported=START + timedelta(days=20)),
    ]
    life.suggest("Zebra note", gone)
    life.clock.moment = START + timedelta(days=40)
    retention(life).apply()
    assert life.store.propositions.count() == 5
    retention(life, propositions_days=30).apply()
    assert sorted(one.id for one in life.store.propositions.list()) == [one.id for one in kept]
    assert life.store.suggestions.list() == []


def test_what_does_not_fit_goes_frames_first_then_texts_never_propositions(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = life.see(0, "Mail", "B", "tea " * 50_000)
    life.believe("The user drinks tea.", needed)
    texts = [life.see(minute, "Mail", f"{minute}", f"{minute} word " * 30_000) for minute in range(1, 9)]
    frames = [life.see(minute, "Mail", "F", "", frame=bytes([minute]) * 100_000) for minute in range(20, 25)]
    life.store.sql.write("UPDATE observations SET state='inferred'")
    keeper = retention(life)
    total = keeper.used().total

    keeper.budget = total - 150_000
    keeper.apply()
    assert [bool(life.store.observations.get(one.id).frame) for one in frames] == [False, False, True, True, True]
    assert all(life.store.observations.get(one.id).text for one in texts)

    keeper.budget = keeper.used().total - 300_000 - 600_000
    assert not keeper.apply().over
    assert not any(life.store.observations.get(one.id).frame for one in frames)
    left = [bool(life.store.observations.get(one.id).text) for one in texts]
    assert left == sorted(left)
    assert 0 < sum(left) < len(left)
    assert keeper.used().total <= keeper.budget

    keeper.budget = 100_000
    assert keeper.apply().over
    assert life.store.observations.get(needed.id).text == needed.text
    assert life.store.propositions.count() == 1


def test_what_is_forgotten_but_may_come_back_is_not_touched(life: Life) -> None:
    seen = life.see(0, "Ledgerly", "Z", "zebra", frame=b"zz")
    done, _ = life.forgetter.forget(Selection(app="Ledgerly"), window=timedelta(days=90))
    life.clock.moment = START + timedelta(days=60)
    retention(life, pixels_days=30, texts_days=30, episodes_days=30).apply()
    life.forgetter.undo(done.id)
    assert life.store.observations.get(seen.id) == seen


days = st.sampled_from([0, 1, 5, 20])


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    seen=st.lists(st.integers(0, 30), min_size=1, max_size=8),
    rests=st.lists(st.sets(st.integers(0, 7), min_size=1, max_size=3), max_size=4),
    pixels=days, texts=days, episodes=days, now=st.integers(0, 40),
)  # fmt: skip
def test_whatever_the_policy_every_quote_stays_in_its_observation_and_the_rest_keeps_its_limits(
    seen: list[int], rests: list[set[int]], pixels: int, texts: int, episodes: int, now: int
) -> None:
    clock = HandClock()
    with tempfile.TemporaryDirectory() as folder, Store.open(Home(Path(folder)), now=clock) as store:
        life = Life(store, Forgetter(store, 300.0, timedelta(0), clock), clock)
        made = [
            life.see(day * DAY, "Mail", f"title {number}", f"words {number}", frame=str(number).encode())
            for number, day in enumerate(seen)
        ]
        for number, those in enumerate(rests):
            life.believe(f"The user does {number}.", *(made[one % len(made)] for one in those))
        known = store.propositions.list()
        evidence = {one.id: store.propositions.evidence(one.id) for one in known}
        clock.moment = START + timedelta(days=now)
        retention(life, pixels_days=pixels, texts_days=texts, episodes_days=episodes).apply()
        assert store.propositions.list() == known
        assert {one.id: store.propositions.evidence(one.id) for one in known} == evidence
        for piece in (piece for pieces in evidence.values() for piece in pieces):
            assert piece.quote in store.observations.get(piece.observation).text
            assert piece.observation in store.episodes.get(piece.episode).observations
        needed = {piece.observation for pieces in evidence.values() for piece in pieces}
        for one in store.observations.between(None, None):
            age = (clock.moment - one.captured_at).days
            assert not (pixels and age > pixels and one.frame)
            assert one.id in needed or not (texts and age > texts and one.text)
            assert one.id in needed or not (episodes and age > episodes)
        retention(life, pixels_days=pixels, texts_days=texts, episodes_days=episodes).apply()
        assert store.propositions.list() == known
