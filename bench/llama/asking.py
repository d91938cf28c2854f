"""The engine against the library alone for one prompt; what the second of two calls reads anew; memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import llama_cpp
import psutil
from gum_models.llama import LlamaEngine
from gum_models.reasoning import Prompt
from gum_models.reasoning.control import neutral

from gum.config import Config
from gum.records import Draft, Durability, Kind, Quote, Theme
from tests.models.llama.tiny_gguf import TEMPLATE
from tests.models.material import context, proposition, screen

ROUNDS = 3
TOKENS = 24
CONTEXT = 4096
TEXT = "The lens was taken down in 1964 and lay in eleven crates until the museum found it. "
FREE = {"type": "object", "properties": {"words": {"type": "string", "minLength": 1900, "maxLength": 2000}}}


def rows(models: Path) -> Iterator[tuple[str, str]]:
    """Yield what was measured."""
    engine = LlamaEngine(models, Config.model_validate({"llama": {"context": CONTEXT, "threads": 1, "temperature": 0}}))
    try:
        engine.complete(_prompt(0))
        yield "memory of the model's process", f"{engine.supervisor.memory_bytes() / 1e9:.2f} GB"
        yield from _overhead(models, engine)
        yield from _prefix(engine)
        engine.supervisor.stop()
        yield "the same after it was unloaded", f"{engine.supervisor.memory_bytes() / 1e9:.2f} GB"
    finally:
        engine.close()


def _cpu_s(engine: LlamaEngine) -> float:
    """Return the processor time of this process and of the model's so far: what waits for others is not in it."""
    own = time.process_time()
    if engine.supervisor.pid is None:
        return own
    times = psutil.Process(engine.supervisor.pid).cpu_times()
    return own + float(times.user + times.system)


def _prompt(number: int) -> Prompt:
    """Return a prompt that shares next to nothing with the one before it."""
    return Prompt(f"Round {number}. {TEXT}" * 10, "", "Write.", FREE, TOKENS)


def _overhead(models: Path, engine: LlamaEngine) -> Iterator[tuple[str, str]]:
    plain = llama_cpp.Llama(
        str(models / "llama" / "model.gguf"), n_ctx=CONTEXT, n_batch=1024, n_ubatch=1024, n_threads=1,
        n_threads_batch=1, use_mmap=False, verbose=False,
    )  # fmt: skip
    formatter = llama_cpp.llama_chat_format.Jinja2ChatFormatter(template=TEMPLATE, eos_token="", bos_token="")
    wall, cpu = [], []
    for number in range(1, ROUNDS + 1):
        prompt = _prompt(number)
        system = {"role": "system", "content": neutral(prompt.system).strip()}
        wording = formatter(messages=[system, {"role": "user", "content": "Write."}]).prompt
        marks = [(time.perf_counter(), _cpu_s(engine))]
        plain.create_completion(wording, max_tokens=TOKENS, temperature=0, top_k=40, top_p=0.95)
        marks.append((time.perf_counter(), _cpu_s(engine)))
        engine.complete(prompt)
        marks.append((time.perf_counter(), _cpu_s(engine)))
        alone, through = (
            [later - earlier for later, earlier in zip(marks[place + 1], marks[place], strict=True)] for place in (0, 1)
        )
        wall.append(through[0] / alone[0])
        cpu.append(through[1] / alone[1])
    plain.close()
    last = engine.supervisor.last
    what = f"{last['prompt_cells']} tokens of prompt and {last['tokens']} of answer, engine against library"
    yield f"{what}: wall time, median of {ROUNDS}", f"{median(wall):.3f} ({min(wall):.2f} to {max(wall):.2f})"
    yield f"{what}: processor time", f"{median(cpu):.3f} ({min(cpu):.2f} to {max(cpu):.2f})"


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
