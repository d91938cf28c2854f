"""The `llama` engine behind the `Reasoner` protocol: what the model says, checked item by item."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gum.errors import EngineError
from gum.protocols import EpisodeContext
from gum.records import (
    Candidate,
    Draft,
    Durability,
    Frame,
    Kind,
    Observation,
    Proposition,
    Quote,
    Relation,
    Stance,
    Theme,
)
from gum_models.llama import prompts
from gum_models.llama.images import to_png
from gum_models.llama.supervisor import Supervisor

ANSWER_TIMEOUT_S = 300.0
CONTEXT_TOKENS = 4096
IMAGE_TOKENS = 256


class LlamaEngine:
    """A GGUF model and its projector, as `folder/llama/model.gguf` and `folder/llama/projector.gguf`."""

    name = "llama"

    def __init__(self, folder: Path) -> None:
        model, projector = folder / "llama" / "model.gguf", folder / "llama" / "projector.gguf"
        if not model.exists():
            raise EngineError("There is no model on this machine yet; 'gumctl models add' gets one.")
        self._sees = projector.exists()
        self.author = f"llama/{model.resolve().stem}/{prompts.VERSION}"
        self._supervisor = Supervisor(
            model,
            projector if self._sees else None,
            context=CONTEXT_TOKENS,
            threads=max(1, (os.cpu_count() or 2) - 1),
            image_tokens=IMAGE_TOKENS,
        )

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return the model's drafts; an item that breaks its form is dropped.  Raises EngineError."""
        data, numbered = prompts.episode_data(context)
        if not numbered:
            return []
        reply = self._ask(prompts.PROPOSE, data, prompts.PROPOSE_SCHEMA, max_tokens=1200)
        items = reply.get("propositions")
        drafts = (_draft(item, numbered) for item in (items if isinstance(items, list) else []))
        return [draft for draft in drafts if draft is not None]

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Ask once for each neighbour how it stands to the draft."""
        return [
            Relation(
                self._ask(prompts.RELATE, f"1. {known.text}\n2. {draft.text}", prompts.RELATE_SCHEMA, max_tokens=64)[
                    "relation"
                ]
            )
            for known in neighbours
        ]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        """Suggestions are the suggesters' work; this engine offers none of its own."""
        del context, propositions
        return ()

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        """Answer from the propositions alone, citing them by number."""
        known = "\n".join(f"[{item.id}] {item.text} (probability {item.probability:.2f})" for item in propositions)
        user = f"<data>\n{known}\n</data>\nQuestion: {question}"
        return str(self._ask(prompts.ANSWER, user, prompts.ANSWER_SCHEMA, max_tokens=1600)["answer"])

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return a sentence on what the frame shows; empty when the model cannot see."""
        if not self._sees:
            return ""
        image = base64.b64encode(to_png(frame, IMAGE_TOKENS)).decode()
        return str(
            self._ask(
                prompts.CAPTION, f"Window: {observation.title}", prompts.CAPTION_SCHEMA, max_tokens=640, images=[image]
            )["caption"]
        )

    def close(self) -> None:
        """End the worker and give its memory back."""
        self._supervisor.stop()

    def _ask(
        self, system: str, user: str, schema: dict[str, Any], *, max_tokens: int, images: Sequence[str] = ()
    ) -> dict[str, Any]:
        request = {
            "system": system,
            "user": user,
            "images": list(images),
            "schema": schema,
            "max_tokens": max_tokens,
            "seed": 1,
        }
        text = self._supervisor.ask(request, ANSWER_TIMEOUT_S)["text"]
        reply = _parsed(text)
        if not isinstance(reply, dict):
            raise EngineError("The model's answer broke off before it was whole.")
        return reply


def _parsed(text: str) -> Any:
    """Return the JSON of an answer; of one that broke off, what it holds up to its last whole item."""
    for whole in (text, text[: text.rfind("}") + 1] + "]}"):
        try:
            return json.loads(whole, strict=False)
        except ValueError:
            continue
    return None


def _draft(item: Any, numbered: Sequence[Observation]) -> Draft | None:
    """Return the draft that one item of the reply states, or None when its form is broken."""
    try:
        return Draft(
            text=str(item["text"]).strip(),
            reasoning=str(item["reasoning"]).strip(),
            kind=Kind(item["kind"]),
            durability=Durability(item["durability"]),
            theme=Theme(item["theme"]),
            quotes=(Quote(numbered[item["line"]].id, str(item["quote"])),),
            strength=min(10, max(1, int(item["strength"]))),
            stance=Stance(item["stance"]),
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None
