"""A simulated life goes through the real program: from captures to beliefs, figures and a report."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum import plugins
from gum.config import Config
from gum.evaluate.simulate.figures import figures
from gum.evaluate.simulate.generator import Life, live
from gum.evaluate.simulate.living import Lived, lived
from gum.evaluate.simulate.pixels import DrawnReader, drawn
from gum.infer.steps import ALL, Steps
from gum.paths import Home

KEYS = {"precision", "recall", "recall_all", "ece", "brier", "n", "predicates", "missed", "wrong", "bins"}


@pytest.fixture(scope="module")
def life() -> Life:
    """Two days of a life."""
    whole = live(0, 1)
    return dataclasses.replace(whole, captures=whole.captures[:300])


@pytest.fixture(scope="module")
def found(life: Life, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return of(life, tmp_path_factory.mktemp("models"), ALL)


def of(life: Life, folder: Path, steps: Steps) -> Lived:
    return lived(life, Config(), Home(folder), steps)


@given(st.text())
def test_what_is_drawn_is_read(text: str) -> None:
    frame = drawn(text)
    assert DrawnReader().read(frame, frame.rect) == text
    assert len(frame.pixels) == frame.rect.width * frame.rect.height * 4


def test_a_life_is_observed_understood_and_judged(found: Lived) -> None:
    assert found.observations > 150
    assert found.episodes > 40
    assert found.noise >= 0.3
    assert any(one.right for one in found.stated)
    assert found.found
    assert DrawnReader.name not in plugins.names("gum.readers")


def test_figures_have_their_keys(found: Lived) -> None:
    made = figures([found], [found])
    assert made.keys() >= KEYS
    assert made["brier"].keys() == {"calibrated", "uncalibrated", "base_rate"}
    assert 0 < made["precision"] <= 1
    assert made["n"]["propositions"] == len(found.stated)


def test_without_retrieval_the_same_is_said_again(life: Life, found: Lived, tmp_path: Path) -> None:
    alone = of(life, tmp_path, Steps(retrieve=False))
    assert alone.propositions > found.propositions
    assert alone.repeated > found.repeated


def test_without_revision_nothing_gains_support(life: Life, found: Lived, tmp_path: Path) -> None:
    first = of(life, tmp_path, Steps(revise=False))
    assert first.repeated == found.repeated == 0
    supported = {one.text: one.raw for one in found.at_end}
    pairs = [(one.raw, supported[one.text]) for one in first.at_end if one.text in supported]
    assert sum(alone for alone, _ in pairs) < sum(joined for _, joined in pairs)
