"""What the model in use costs on this machine: speed, time and work for an episode, beside the library called directly.

The episode is made up and always the same; the model's words are not judged.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from gum.errors import EngineError
from gum.protocols import EpisodeContext, Report
from gum.records import Draft, Durability, Episode, Kind, Observation, Proposition, Quote, Status, Theme, Trust
from gum_models.llama.engine import LlamaEngine
from gum_models.reasoning import Prompt

TOKENS = 32
#: Steps that `report` counts.
STEPS = 5
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
        report("one prompt through the engine", 3, STEPS)
        found["through_engine_s"], _ = _spent(engine, lambda: engine.complete(_plain(1)))
        found["memory_mb"] = engine.supervisor.memory_bytes() / 1e6
        settings = engine.settings
        engine.supervisor.stop()
        report("the same prompt through the library alone", 4, STEPS)
        found["library_alone_s"] = _alone(engine, settings.context, settings.threads)
        report("done", STEPS, STEPS)
    finally:
        engine.close()
    found["engine_to_library_ratio"] = found["through_engine_s"] / found["library_alone_s"]
    rounded = {key: round(value, 3) for key, value in found.items()}
    return rounded | {
        "model": engine.files.name,
        "threads": settings.threads,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _episode(engine: LlamaEngine) -> dict[str, float]:
    """Propose from an episode and relate what came of it, as the daemon does."""
    propose_s, propose_cpu_s = _spent(engine, lambda: engine.propose(_context()))
    first = engine.supervisor.last
    draft = Draft("The user copies tide tables.", "", Kind.FACT, Durability.TASK, Theme.WORK, (Quote(1, "tide"),), 5)
    relate_s, relate_cpu_s = _spent(engine, lambda: engine.relate_all([draft], [[_known()]]))
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


def _image(engine: LlamaEngine) -> dict[str, float]:
    if not engine.sees:
        return {}
    shown = replace(_context(), images=1, frame=lambda _: _picture())
    shown = replace(shown, observations=(*shown.observations, _screen(9, "", frame="0" * 64)))
    seconds, cpu_s = _spent(engine, lambda: engine.propose(shown))
    return {"episode_with_image_s": seconds, "episode_with_image_cpu_s": cpu_s}


def _alone(engine: LlamaEngine, context: int, threads: int) -> float:
    """Return how long the library takes for the same prompt, in a process of its own.  Raises EngineError."""
    prompt = _plain(1)
    asked = {
        "model": str(engine.files.model),
        "context": context,
        "threads": threads,
        "gpu_layers": engine.settings.gpu_layers,
        "warm": [_plain(0).system, _plain(0).task],
        "system": prompt.system,
        "task": prompt.task,
        "tokens": TOKENS,
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gum_models.llama.directly"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineError("The library could not be called directly; the rest of the measurement was fine.")
    return float(json.loads(done.stdout)["seconds"])


def _spent(engine: LlamaEngine, work: Callable[[], object]) -> tuple[float, float]:
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
