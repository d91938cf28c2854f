"""What the model in use costs on this machine: speed, time and work for an episode, beside the library called directly.

The episode is made up and always the same; the model's words are not judged.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from gum.protocols import EpisodeContext, Report
from gum.records import Draft, Durability, Episode, Kind, Observation, Proposition, Quote, Status, Theme, Trust
from gum_models.llama.directly import Library
from gum_models.llama.engine import LlamaEngine
from gum_models.reasoning import Prompt

TOKENS = 32
#: How often the engine and the library alone are compared.
ROUNDS = 3
#: Steps that `report` counts.
STEPS = 4
_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
_PAGE = (
    "The tide tables of the harbour were copied by hand until 1931. Ines asks for the third chapter by Friday. "
    "The survey lists eleven wrecks between the mole and the light, two of them without a name. "
)
_FREE = {"type": "object", "properties": {"words": {"type": "string", "minLength": 1900, "maxLength": 2000}}}


def measured(folder: Path, config: Any, report: Report) -> dict[str, Any]:
    """Return what was measured; each key ends in its unit.  Takes a few questions' time.  Raises EngineError."""
    engine = LlamaEngine(folder, config)
    try:
        report("loading", 0, STEPS)
        began = time.perf_counter()
        engine.complete(_plain(0))
        found: dict[str, Any] = {"load_s": time.perf_counter() - began}
        report("an episode", 1, STEPS)
        found |= _episode(engine)
        report("an image", 2, STEPS)
        found |= _image(engine)
        report("the same prompts through the library alone", 3, STEPS)
        found |= _compared(engine)
        report("done", STEPS, STEPS)
    finally:
        engine.close()
    rounded = {key: round(value, 3) for key, value in found.items()}
    return rounded | {
        "model": engine.files.name,
        "threads": engine.settings.threads,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _episode(engine: LlamaEngine) -> dict[str, float]:
    """Propose from an episode and relate what came of it, as the daemon does."""
    propose_s, propose_cpu_s = spent(engine, lambda: engine.propose(_context()))
    first = engine.supervisor.last
    relate_s, relate_cpu_s = spent(engine, lambda: _relate(engine))
    second = engine.supervisor.last
    fresh = first["prompt_cells"] - first["reused_cells"]
    return {
        "prompt_tokens_per_s": fresh / max(first["read_s"], 1e-6),
        "generation_tokens_per_s": first["tokens"] / max(first["write_s"], 1e-6),
        "episode_s": propose_s + relate_s,
        "episode_cpu_s": propose_cpu_s + relate_cpu_s,
        "episode_prompt_tokens": float(first["prompt_cells"]),
        "episode_tokens": float(first["tokens"] + second["tokens"]),
        "second_question_read_anew_share": 1 - second["reused_cells"] / max(1, second["prompt_cells"]),
    }


def _relate(engine: LlamaEngine) -> None:
    draft = Draft("The user copies tide tables.", "", Kind.FACT, Durability.TASK, Theme.WORK, (Quote(1, "tide"),), 5)
    engine.relate_all([draft], [[_known()]])


def _image(engine: LlamaEngine) -> dict[str, float]:
    if not engine.sees:
        return {}
    shown = replace(_context(), images=1, frame=lambda _: _picture())
    shown = replace(shown, observations=(*shown.observations, _screen(9, "", frame="0" * 64)))
    propose_s, propose_cpu_s = spent(engine, lambda: engine.propose(shown))
    relate_s, relate_cpu_s = spent(engine, lambda: _relate(engine))
    seconds, cpu_s = propose_s + relate_s, propose_cpu_s + relate_cpu_s
    return {"episode_with_image_s": seconds, "episode_with_image_cpu_s": cpu_s}


def _compared(engine: LlamaEngine) -> dict[str, float]:
    """Ask the same prompts through the engine and through the library alone, in turns where both fit into memory."""
    held = engine.supervisor.memory_bytes()
    together = psutil.virtual_memory().available > held * 5 // 4
    through = [] if together else [_through(engine, number) for number in range(1, ROUNDS + 1)]
    if not together:
        engine.supervisor.stop()
    alone = []
    with Library(engine.files.model, engine.settings) as library:
        library.answer(_plain(0).system, _plain(0).task, 1)
        for number in range(1, ROUNDS + 1):
            if together:
                through.append(_through(engine, number))
            alone.append(library.answer(_plain(number).system, _plain(number).task, TOKENS)[0])
    return {
        "memory_mb": held / 1e6,
        "through_engine_s": median(through),
        "library_alone_s": median(alone),
        "engine_to_library_ratio": median(ours / theirs for ours, theirs in zip(through, alone, strict=True)),
    }


def _through(engine: LlamaEngine, number: int) -> float:
    return spent(engine, lambda: engine.complete(_plain(number)))[0]


def spent(engine: LlamaEngine, work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that work took, and the processor seconds of this process and the model's."""
    began, used = time.perf_counter(), _cpu_s(engine)
    work()
    return time.perf_counter() - began, _cpu_s(engine) - used


def _cpu_s(engine: LlamaEngine) -> float:
    own = time.process_time()
    if engine.supervisor.pid is None:
        return own
    times = psutil.Process(engine.supervisor.pid).cpu_times()
    return own + float(times.user + times.system)


def _plain(number: int) -> Prompt:
    """Return a prompt that shares next to nothing with another number's."""
    return Prompt(f"Round {number}. {_PAGE * 6}", "", "Write.", _FREE, TOKENS)


def _context() -> EpisodeContext:
    pages = tuple(_screen(number, f"{number}. {_PAGE}") for number in range(1, 5))
    one = Episode(_AT, _AT + timedelta(minutes=10), "editor", "survey.odt", "", 600.0, 400, 20, (1, 2, 3, 4), id=1)
    return EpisodeContext(one, pages, (), lambda _: (), (_known(),), _AT + timedelta(minutes=10))


def _screen(number: int, text: str, frame: str = "") -> Observation:
    at = _AT + timedelta(minutes=number)
    return Observation(
        "screen", "screen", at, at + timedelta(minutes=1), "editor", f"page {number}", text=text, episode=1,
        id=number, frame=frame,
    )  # fmt: skip


def _known() -> Proposition:
    return Proposition(
        "The user works on a survey of the harbour.", "", Kind.FACT, Durability.PROJECT, Theme.WORK, Status.ACTIVE,
        0.7, 0.7, Trust.TYPED, _AT, _AT, "bench", id=1,
    )  # fmt: skip


def _picture() -> bytes:
    """Return a screen full of lines, as a kept frame is encoded."""
    from PIL import Image, ImageDraw

    drawn = Image.new("RGB", (1280, 800), "white")
    pen = ImageDraw.Draw(drawn)
    for line in range(24):
        pen.text((40, 20 + line * 32), f"line {line}: {_PAGE[:80]}", "navy")
    out = io.BytesIO()
    drawn.save(out, "WEBP")
    return out.getvalue()
