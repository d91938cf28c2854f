"""Frames: files by hash, the oldest removed first."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gum.errors import NotFoundError
from gum.records import Observation
from gum.store import Store

Make = Callable[..., Observation]


def test_an_image_is_kept_once_and_for_the_person_alone(store: Store, observation: Make) -> None:
    first = store.observations.add(observation(), frame=b"pixels")
    second = store.observations.add(observation(1), frame=b"pixels")
    assert first.frame == second.frame == hashlib.sha256(b"pixels").hexdigest()
    assert store.frames.get(first.frame) == b"pixels"
    assert store.frames.bytes_used() == 6
    place = store.frames.path(first.frame)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_trimming_removes_the_oldest_and_keeps_the_observation(store: Store, observation: Make) -> None:
    kept = [store.observations.add(observation(minute), frame=bytes([minute]) * 100) for minute in (5, 1, 9)]
    assert store.frames.trim(200) == 1
    assert store.frames.bytes_used() == 200
    assert [store.observations.get(one.id).frame != "" for one in kept] == [True, False, True]
    with pytest.raises(NotFoundError, match="not kept any more"):
        store.frames.get(kept[1].frame)


def test_what_fits_is_not_trimmed(store: Store, observation: Make) -> None:
    store.observations.add(observation(), frame=b"abc")
    assert store.frames.trim(3) == 0


def test_an_image_without_a_row_goes_before_any_other(store: Store, observation: Make) -> None:
    lost = store.frames.put(b"left by a crash")
    os.utime(store.frames.path(lost), (1, 1))
    kept = store.observations.add(observation(), frame=b"kept")
    assert store.frames.trim(10) == 1
    assert store.frames.get(kept.frame) == b"kept"


def test_the_bytes_used_are_counted_anew_after_opening(store: Store, observation: Make) -> None:
    store.observations.add(observation(), frame=b"12345")
    fresh = type(store.frames)(store.home.frames, store.frames._sql)
    assert fresh.bytes_used() == 5


@pytest.mark.parametrize("name", ["", "../../gum.db", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_frame(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError):
        store.frames.path(name)


def test_nothing_is_left_of_an_image_that_could_not_be_written(store: Store, observation: Make, tmp_path: Path) -> None:
    folder = store.home.frames / hashlib.sha256(b"x").hexdigest()[:2]
    folder.write_text("a file where a folder should be")
    with pytest.raises(Exception, match="could not be used"):
        store.observations.add(observation(), frame=b"x")
    assert store.observations.count() == 0


def test_what_a_killed_writer_left_half_written_is_removed_whatever_the_budget(store: Store) -> None:
    kept = store.frames.path(store.frames.put(b"whole"))
    left, young = (kept.with_name(f"{kept.name}.{thread}.new") for thread in (1, 2))
    for draft in (left, young):
        draft.write_bytes(b"ha")
    os.utime(left, (0, 0))
    assert store.frames.trim(10**9) == 0
    assert (left.exists(), young.exists(), kept.exists()) == (False, True, True)
