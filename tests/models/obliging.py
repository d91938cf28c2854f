"""A model that answers every question in its form, for counting how often it is asked."""

from __future__ import annotations

import json
from collections import Counter

from gum_models.reasoning import ModelReasoner, Prompt


class Obliging(ModelReasoner):
    """Proposes something of the first three quotes that the form allows, relates nothing and suggests nothing."""

    name = "obliging"
    author = "obliging/1"
    sees = True

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()

    def complete(self, prompt: Prompt) -> str:
        """Answer in the form that is asked for."""
        (wanted,) = prompt.schema["properties"]
        self.asked[wanted] += 1
        if wanted != "propositions":
            return json.dumps({wanted: []})
        quotes = prompt.schema["properties"]["propositions"]["items"]["properties"]["quote"]["enum"]
        words = {"reasoning": "It was there.", "strength": 5, "stance": "for", "kind": "interest"}
        words |= {"durability": "task", "theme": "life", "touches": "nothing"}
        said = [{"quote": one, "text": f"The user has read: {one}", **words} for one in quotes[:3]]
        return json.dumps({"propositions": said})
