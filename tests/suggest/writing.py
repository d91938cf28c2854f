"""An engine, registered as a plug-in, that writes results anew in a way that a test can foretell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gum import plugins
from tests.working import EchoEngine


class WritingEngine(EchoEngine):
    """Writes the wish above the first line of the text."""

    name = "writing"
    author = "writing/1"

    def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
        return f"{wish.upper()}: {text.splitlines()[0]}\n"


@contextmanager
def writing() -> Iterator[dict[str, str]]:
    """Yield the settings of `infer` that use this engine."""
    plugins.register("gum.engines", "writing", WritingEngine)
    try:
        yield {"engine": "writing"}
    finally:
        plugins.unregister("gum.engines", "writing")
