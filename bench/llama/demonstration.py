"""How often a model is asked over the demonstration's week, by one that answers every question in its form."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from gum import plugins
from gum.config import Config
from gum.daemon import playing
from gum.daemon.demo import recording
from gum.daemon.understanding.sittings import UNDERSTAND
from gum.paths import Home
from tests.models.obliging import Obliging


def rows() -> Iterator[tuple[str, str]]:
    """Yield what was counted."""
    plugins.register("gum.engines", Obliging.name, Obliging)
    with tempfile.TemporaryDirectory() as folder:
        config = Config.model_validate({"infer": {"engine": Obliging.name}})
        home = Home(Path(folder))
        home.create()
        agent, _ = playing.play(recording(), home, config, lambda *_: None)
        with agent:
            model = agent.parts.model
            assert isinstance(model, Obliging)
            episodes = agent.store.episodes.between(None, None)
            hours = sum(one.dwell_s for one in episodes) / 3600
            waiting = agent.store.jobs.counts(UNDERSTAND)["waiting"]
            yield (
                "demonstration: episodes, hours of activity, still waiting",
                f"{len(episodes)}, {hours:.2f}, {waiting}",
            )
            kinds = ", ".join(f"{count} {what}" for what, count in sorted(model.asked.items()))
            yield f"questions to the model ({kinds}), in an hour of activity", f"{model.usage.calls / hours:.1f}"
            yield "images shown, in an hour of activity", f"{model.usage.images / hours:.1f}"
