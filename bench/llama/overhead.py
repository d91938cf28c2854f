"""The engine against the library alone: the same prompts, in pairs that take turns at going first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from gum_models.llama import LlamaEngine
from gum_models.llama.directly import Library
from gum_models.llama.measuring import spent
from gum_models.reasoning import Prompt

from gum.config import Config

PAIRS = 10
CONTEXT = 4096
TEXT = "The lens was taken down in 1964 and lay in eleven crates until the museum found it. "
FREE = {"type": "object", "properties": {"words": {"type": "string", "minLength": 1900, "maxLength": 2000}}}


@dataclass(frozen=True)
class Shape:
    """A prompt of so many sentences and an answer of so many tokens."""

    sentences: int
    tokens: int


SHAPES = (Shape(10, 24), Shape(4, 96))


def rows(models: Path, pairs: int = PAIRS) -> Iterator[tuple[str, str]]:
    """Yield what was measured."""
    engine = LlamaEngine(models, Config.model_validate({"llama": {"context": CONTEXT, "threads": 1}}))
    try:
        with Library(engine.files.model, engine.settings) as library:
            for shape in SHAPES:
                yield from _compared(engine, library, shape, pairs)
    finally:
        engine.close()


def _compared(engine: LlamaEngine, library: Library, shape: Shape, pairs: int) -> Iterator[tuple[str, str]]:
    wall, cpu = [], []
    for number in range(pairs + 1):
        prompt = Prompt(f"Round {number}. {TEXT}" * shape.sentences, "", "Write.", FREE, shape.tokens)
        taken: dict[str, tuple[float, float]] = {}

        def alone(prompt: Prompt = prompt, taken: dict[str, tuple[float, float]] = taken) -> None:
            taken["alone"] = library.answer(prompt.system, prompt.task, prompt.max_tokens)

        def through(prompt: Prompt = prompt, taken: dict[str, tuple[float, float]] = taken) -> None:
            taken["through"] = spent(engine, lambda: engine.complete(prompt))

        for ask in (alone, through) if number % 2 else (through, alone):
            ask()
        if number:  # the first pair loads and warms both
            wall.append(taken["through"][0] / taken["alone"][0])
            cpu.append(taken["through"][1] / taken["alone"][1])
    last = engine.supervisor.last
    assert last["tokens"] == shape.tokens, last
    what = f"{last['prompt_cells']} tokens of prompt, {last['tokens']} of answer, engine against library, {pairs} pairs"
    yield f"{what}: wall time", _shown(wall)
    yield f"{what}: processor time", _shown(cpu)


def _shown(ratios: list[float]) -> str:
    """Return the median of ratios and where the middle half of them lies."""
    low, _, high = quantiles(ratios, n=4)
    return f"{median(ratios):.3f} ({low:.3f} to {high:.3f})"
