"""A model that never fails, over the demonstration's week: how often it is asked, and that nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum import plugins
from gum.config import Config
from gum.daemon import playing
from gum.daemon.demo import recording
from gum.daemon.understanding.sittings import UNDERSTAND
from gum.paths import Home
from tests.models.obliging import Obliging

MOST_CALLS = 12.0
MOST_IMAGES = 20.0


@pytest.fixture
def _obliging() -> Iterator[None]:
    plugins.register("gum.engines", Obliging.name, Obliging)
    yield
    plugins.unregister("gum.engines", Obliging.name)


@pytest.mark.usefixtures("_obliging")
def test_an_active_hour_costs_at_most_twelve_questions_and_twenty_images(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    config = Config.model_validate({"infer": {"engine": Obliging.name}})
    agent, _ = playing.play(recording(), home, config, lambda *_: None)
    with agent:
        model = agent.parts.model
        assert isinstance(model, Obliging)
        hours = sum(one.dwell_s for one in agent.store.episodes.between(None, None)) / 3600
        assert 0 < model.usage.calls <= MOST_CALLS * hours
        assert 0 < model.usage.images <= MOST_IMAGES * hours
        assert model.asked["suggestions"] > 0, "nothing of the credit was left for suggestions"
        counts = agent.store.jobs.counts(UNDERSTAND)
        assert (counts["waiting"], counts["failed"]) == (0, 0)
