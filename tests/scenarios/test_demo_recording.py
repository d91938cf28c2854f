"""The recording that comes with the package: small, whole, legible, and free of what must not be in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from gum_models.readers.tesseract import TesseractReader

from gum.demo import RECORDING
from gum.records import PREDICATES, Capture
from gum.replay import Recording, open_recording
from gum.replay.score import facts_of
from scenarios.driver.spec import Scenario, load

MOST_BYTES = 8_000_000
PERSONA = Path(__file__).parents[2] / "scenarios" / "personas" / "harbour_museum.yaml"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(PERSONA)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return open_recording(RECORDING)


@pytest.fixture(scope="module")
def captures(recording: Recording) -> list[Capture]:
    return list(recording.captures())


@pytest.fixture(scope="module")
def with_private_page(captures: list[Capture]) -> list[Capture]:
    """The frames of the day on which the private page was open."""
    days = {capture.captured_at.date() for capture in captures if capture.excluded}
    return [capture for capture in captures if capture.frame and capture.captured_at.date() in days]


def test_it_is_small_enough_to_come_with_the_package() -> None:
    assert sum(path.stat().st_size for path in RECORDING.rglob("*") if path.is_file()) < MOST_BYTES


def test_it_holds_every_sitting_of_five_days_in_order(captures: list[Capture], scenario: Scenario) -> None:
    assert len({capture.captured_at.date() for capture in captures}) == 5
    starts = [sitting.start for sitting in scenario.sittings()]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        times = [
            c.captured_at for c in captures if c.captured_at >= start and (not following or c.captured_at < following)
        ]
        assert (times[-1] - start).total_seconds() > 15 * 60


def test_its_ground_truth_has_a_fact_of_every_predicate(recording: Recording) -> None:
    facts = facts_of(recording.truth() or {})
    assert 16 <= len(facts) <= 24
    assert {fact.predicate for fact in facts} <= set(PREDICATES)


def test_nothing_of_the_machine_or_of_private_pages_stands_in_its_texts(scenario: Scenario) -> None:
    for path in [*RECORDING.glob("*.json"), *RECORDING.glob("events/*")]:
        text = path.read_text(encoding="utf-8").lower()
        for word in (*scenario.canaries, "scn-", "/tmp/", "/root", "/home/", "127.0.0.1", "password manager"):
            assert word.lower() not in text


def test_the_private_page_is_in_no_frame(with_private_page: list[Capture], scenario: Scenario) -> None:
    reader = TesseractReader()
    assert with_private_page
    for capture in with_private_page:
        assert capture.frame is not None
        text = reader.read(capture.frame, capture.frame.rect).lower()
        assert not [word for word in (*scenario.canaries, "7731", "vaultling") if word.lower() in text]
    reader.close()


def test_what_was_typed_can_be_read_from_the_frames(captures: list[Capture], recording: Recording) -> None:
    reader = TesseractReader()
    log = [capture for capture in captures if capture.frame and capture.title == "daylog.txt - Mousepad"]
    last = log[-1]
    assert last.frame is not None
    assert last.window is not None
    text = " ".join(reader.read(last.frame, last.window.client).split())
    for words in ("call Yusra on Monday", "labels print at last", "Birgit waits for the labels"):
        assert words in text
    reader.close()
