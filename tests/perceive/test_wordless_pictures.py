"""For a model that sees, a picture in which nothing can be read is kept as a picture; for nobody else."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gum.config import Capture as CaptureSettings
from gum.config import Config
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, Frame, Observation, Window
from gum.store import Store
from tests.perceive.reading_pixels import SIZE, PixelReader, seen, window

VIEWER = window("Ristretto", "harbour.jpg", 5)


def photo(at: float, of: Window = VIEWER, seed: int = 1) -> Capture:
    """Return a frame of a window that shows many colours and no word."""
    pixels = b"\0" + random.Random(seed).randbytes(SIZE.width * SIZE.height * 4 - 1)
    return replace(seen("", at, of), frame=Frame(SIZE, pixels))


def shown(store: Store, *captures: Capture, pictures: bool = True, config: Config | None = None) -> list[Observation]:
    perceiver = Perceiver(store, PixelReader(), config or Config(), pictures=pictures)
    return [one for capture in captures for one in perceiver.perceive(capture) if one.kind == "screen"]


def test_one_picture_is_kept_of_each_stay(store: Store) -> None:
    kept = shown(store, photo(0), photo(10, seed=2), photo(20, window("Ristretto", "quay.jpg", 5), seed=3))
    assert [(one.title, one.text, bool(one.frame)) for one in kept] == [
        ("harbour.jpg", "", True),
        ("quay.jpg", "", True),
    ]


def test_no_picture_takes_the_place_of_what_was_read(store: Store) -> None:
    assert [one.text for one in shown(store, seen("Dear", 0, VIEWER), photo(10))] == ["Dear"]


def test_what_is_read_after_a_picture_is_kept_too(store: Store) -> None:
    assert [one.text for one in shown(store, photo(0), seen("Dear", 10, VIEWER))] == ["", "Dear"]


def test_nothing_is_kept_of_an_empty_window_or_of_a_browser(store: Store) -> None:
    blank = replace(seen("", 0, VIEWER), frame=Frame(SIZE, bytes(SIZE.width * SIZE.height * 4)))
    assert shown(store, blank, photo(10, window("Chromium", "Ferries - Chromium", 2))) == []


@pytest.mark.parametrize(
    ("pictures", "config"), [(False, Config()), (True, Config(capture=CaptureSettings(keep_frames=False)))]
)
def test_nobody_else_keeps_them(store: Store, pictures: bool, config: Config) -> None:
    assert shown(store, photo(0), pictures=pictures, config=config) == []
    assert store.frames.bytes_used() == 0
