"""The embedder in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gum.errors import EmbedderError
from gum.protocols import WorkerState
from gum_models.apart.service import Apart
from gum_models.embedders import minilm

LONGEST_S = 10.0
_BATCH = 8  # a search never waits for more texts than these


class ApartEmbedder:
    """What `MiniLmEmbedder` gives, from a process that ends when nothing is asked for `idle_s` seconds."""

    name = minilm.MiniLmEmbedder.name
    dimensions = minilm.DIMENSIONS

    def __init__(self, folder: Path, idle_s: float) -> None:
        """Raises EmbedderError when the model is not in the folder."""
        minilm.check(folder)
        what = {"folder": str(folder)}
        self._apart = Apart("The embedder", "gum_models.embedders.worker", what, idle_s=idle_s, error=EmbedderError)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector a text.  Raises EmbedderError."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            part = [text.encode("utf-8", "replace").decode() for text in texts[start : start + _BATCH]]
            vectors += self._apart.ask({"texts": part}, LONGEST_S)["vectors"]
        return vectors

    def worker(self) -> WorkerState:
        """Return how the embedder's process is and how it has fared."""
        return self._apart.state()

    def rest(self) -> None:
        """End the process at once, unless it is at work."""
        self._apart.rest()

    def close(self) -> None:
        """End the process."""
        self._apart.close()
