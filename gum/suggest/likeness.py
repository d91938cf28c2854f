"""How near two short texts are in meaning, by their embeddings."""

from __future__ import annotations

from gum.errors import EmbedderError
from gum.protocols import Embedder

_MOST = 2000


class Likeness:
    """Compares texts; each text is embedded once as long as it is remembered."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, list[float]] = {}

    def __call__(self, one: str, other: str) -> float:
        """Return the cosine of two texts' vectors; 0 when there are none to be had."""
        try:
            first, second = self._vector(one), self._vector(other)
        except EmbedderError:
            return 0.0
        return sum(a * b for a, b in zip(first, second, strict=True))

    def _vector(self, text: str) -> list[float]:
        if text not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[text] = self._embedder.embed([text])[0]
        return self._known[text]
