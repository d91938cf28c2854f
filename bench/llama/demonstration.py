"""How often a model is asked over the demonstration's week, by one that answers every question in its form."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gum_models.reasoning import ModelReasoner, Prompt

from gum import plugins
from gum.config import Config
from gum.daemon import playing
from gum.daemon.demo import recording
from gum.daemon.understanding.sittings import UNDERSTAND
from gum.paths import Home


class Obliging(ModelReasoner):
    """Proposes something of the first three quotes that the form allows, and relates nothing."""

    name = "obliging"
    author = "obliging/1"
    sees = True

    def complete(self, prompt: Prompt) -> str:
        """Answer in the form that is asked for."""
        if "pairs" in prompt.schema["properties"]:
            return '{"pairs": []}'
        quotes = prompt.schema["properties"]["propositions"]["items"]["properties"]["quote"]["enum"]
        words = {"reasoning": "It was there.", "strength": 5, "stance": "for", "kind": "interest"}
        words |= {"durability": "task", "theme": "life", "touches": "nothing"}
        said = [{"quote": one, "text": f"The user has read: {one}", **words} for one in quotes[:3]]
        return json.dumps({"propositions": said})


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
            yield (
                "questions to the model, in an hour of activity",
                f"{model.usage.calls}, {model.usage.calls / hours:.1f}",
            )
            yield "images shown, in an hour of activity", f"{model.usage.images}, {model.usage.images / hours:.1f}"
