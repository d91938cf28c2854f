"""What the second of two calls reads anew; memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gum_models.llama import LlamaEngine
from gum_models.reasoning import Prompt

from bench.llama.overhead import CONTEXT, FREE, TEXT
from gum.config import Config
from gum.records import Draft, Durability, Kind, Quote, Theme
from tests.models.material import context, proposition, screen


def rows(models: Path) -> Iterator[tuple[str, str]]:
    """Yield what was measured."""
    engine = LlamaEngine(models, Config.model_validate({"llama": {"context": CONTEXT, "threads": 1}}))
    try:
        engine.complete(Prompt(TEXT, "", "Write.", FREE, 24))
        yield "memory of the model's process", f"{engine.supervisor.memory_bytes() / 1e9:.2f} GB"
        yield from _prefix(engine)
        engine.supervisor.stop()
        yield "the same after it was unloaded", f"{engine.supervisor.memory_bytes() / 1e9:.2f} GB"
    finally:
        engine.close()


def _prefix(engine: LlamaEngine) -> Iterator[tuple[str, str]]:
    """Propose on one sitting, relate on the same, then propose on another sitting."""
    seen = [screen(number, f"{number}. {TEXT * 4}", title=f"page {number}") for number in range(1, 8)]
    engine.propose(context(*seen))
    yield "first call on a sitting: tokens of the prompt, read anew", _anew(engine)
    draft = Draft("The user reads on lenses.", "", Kind.INTEREST, Durability.TASK, Theme.LIFE, (Quote(1, "lens"),), 5)
    engine.relate_all([draft], [[proposition(3, "The user knows the museum.")]])
    yield "second call on the same sitting", _anew(engine)
    engine.propose(context(screen(9, TEXT[::-1] * 8)))
    yield "first call on another sitting", _anew(engine)


def _anew(engine: LlamaEngine) -> str:
    last = engine.supervisor.last
    fresh = last["prompt_cells"] - last["reused_cells"]
    return f"{last['prompt_cells']}, {fresh} ({fresh / last['prompt_cells']:.1%}), {last['read_s']:.1f} s"
