"""The embedder's own process: in {"texts"}, out {"vectors"} or {"error"}."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum_models.apart.serving import Answer, serve
from gum_models.embedders.minilm import MiniLmEmbedder

NICE = 0  # a person waits for the answer to a search


def build(settings: dict[str, Any]) -> Answer:
    """Return what embeds, loaded.  Raises EmbedderError when the model is absent or damaged."""
    embedder = MiniLmEmbedder(Path(settings["folder"]))
    embedder.load()

    def embed(request: dict[str, Any], _: bytes) -> dict[str, Any]:
        return {"vectors": embedder.embed(request["texts"])}

    return embed


if __name__ == "__main__":
    serve(build, NICE, memory_score=500)
