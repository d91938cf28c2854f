"""Frames are read ahead of their turn, and committed in it."""

from __future__ import annotations

import threading
from dataclasses import replace

from gum.config import Config
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.records import CoverageState, Frame, Rect
from gum.store import Store
from tests.perceive.reading_pixels import CANARY, PixelReader, coverage, perceived, seen, window


def test_frames_are_read_ahead_in_other_threads_and_committed_in_order(home: Home) -> None:
    shown = [seen(f"page {number % 7}", number, window(title=f"{number}")) for number in range(20)]
    hidden = seen(CANARY, 20, window("keepassxc", "x"))
    reader = PixelReader()
    with Store.open(home) as store:
        perceiver = Perceiver(store, reader, Config())
        added = perceived(perceiver, *perceiver.ahead(iter([*shown, hidden]), threads=2))
    assert [one.text for one in added if one.kind == "screen"] == [f"page {number % 7}" for number in range(20)]
    assert sorted(reader.read_texts) == [f"page {number}" for number in range(7)]
    assert threading.current_thread().name not in reader.threads


def test_two_readings_run_at_once(store: Store, reader: PixelReader) -> None:
    perceiver = Perceiver(store, reader, Config())
    reader.slow.clear()
    captures = perceiver.ahead([seen("one", 0), seen("two", 1)], threads=2)
    threading.Timer(0.1, reader.slow.set).start()
    assert [one.text for one in perceived(perceiver, *captures) if one.kind == "screen"] == ["one", "two"]
    assert len(reader.threads) == 2


def test_a_failure_ahead_is_told_in_its_turn(store: Store, reader: PixelReader) -> None:
    perceiver = Perceiver(store, reader, Config())
    reader.fails_on = "two"
    shown = [seen("one", 0), seen("two", 1), replace(seen("", 2), frame=Frame(Rect(0, 0, 9, 9), b"")), seen("three", 3)]
    added = perceived(perceiver, *perceiver.ahead(shown))
    assert [one.text for one in added if one.kind == "screen"] == ["one", "three"]
    assert coverage(store) == [
        CoverageState.RECORDED,
        CoverageState.FAILED,
        CoverageState.FAILED,
        CoverageState.RECORDED,
    ]
