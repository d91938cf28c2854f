"""Bringing all probabilities to an hour goes in parts, so that nobody waits for the whole of it."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

import pytest

from gum.infer.rescore import rescore
from gum.infer.verdicts import Review
from gum.records import Kind, Status
from gum.store import Store
from tests.propositions import proposition


def filled(store: Store, count: int, now: datetime) -> list[int]:
    """Keep propositions that nothing speaks for, so that each falls to its prior."""
    made = [proposition(f"The user reads page {n}.", 0.9, now, kind=Kind.ACTIVITY) for n in range(count)]
    with store.transaction():
        return [store.propositions.add(one, "test", "test").id for one in made]


def test_others_read_and_judge_between_two_parts(
    store: Store, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(store, 450, clock[0])
    turns: list[int] = []

    def meanwhile(_: float) -> None:
        reader = threading.Thread(target=lambda: turns.append(store.propositions.count()))
        reader.start()
        reader.join(30)
        if len(turns) == 1:
            Review(store, lambda: clock[0]).reject(ids[-1])

    monkeypatch.setattr(time, "sleep", meanwhile)
    changed = rescore(store, clock[0] + timedelta(days=1))
    assert turns == [450, 450]
    assert set(ids[:-1]) <= set(changed)
    assert {one.status for one in store.propositions.many(ids[:-1]).values()} == {Status.CANDIDATE}
    assert store.propositions.get(ids[-1]).status is Status.REJECTED


def test_a_second_time_changes_nothing(store: Store, clock: list[datetime]) -> None:
    ids = filled(store, 230, clock[0])
    assert rescore(store, clock[0]) == ids
    assert rescore(store, clock[0]) == []
