"""The library called directly, in a process of its own, for comparison with what the engine makes of it.

In, a JSON line each: {"model", "context", "threads", "gpu_layers"} once, then {"system", "task", "tokens"} for each
prompt.  Out: {} once the model is loaded, then {"seconds", "cpu_s"} for each prompt.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from gum.errors import EngineError
from gum_models.llama.settings import LlamaSettings


class Library:
    """A model that the library alone has loaded; use it in a `with` block."""

    def __init__(self, model: Path, settings: LlamaSettings) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gum_models.llama.directly"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "OMP_WAIT_POLICY": "passive"},  # as the engine's own process has it
        )
        chosen = {key: getattr(settings, key) for key in ("context", "threads", "gpu_layers", "temperature")}
        self._first = {"model": str(model), **chosen}

    def __enter__(self) -> Self:
        self._ask(self._first)
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def answer(self, system: str, task: str, tokens: int) -> tuple[float, float]:
        """Let it answer with so many tokens; return the seconds and the processor seconds.  Raises EngineError."""
        told = self._ask({"system": system, "task": task, "tokens": tokens})
        return float(told["seconds"]), float(told["cpu_s"])

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            told: dict[str, Any] = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise EngineError("The library could not be called directly; the engine itself may be fine.") from error
        return told


def main() -> None:
    """Load the model of the first line, then answer each prompt that comes."""
    import llama_cpp
    import psutil

    from gum_models.llama.silence import silence
    from gum_models.llama.wording import ChatTemplate
    from gum_models.llama.worker import NICE

    asked = json.loads(sys.stdin.readline())
    with suppress(psutil.Error, OSError):
        psutil.Process(os.getpid()).nice(NICE)
    silence()
    llm = llama_cpp.Llama(
        asked["model"], n_ctx=asked["context"], n_batch=1024, n_ubatch=1024, n_threads=asked["threads"],
        n_threads_batch=asked["threads"], n_gpu_layers=asked["gpu_layers"], use_mmap=False, verbose=False,
    )  # fmt: skip
    silence()
    template = ChatTemplate(llm.metadata.get("tokenizer.chat_template"))
    _tell({})
    for line in sys.stdin:
        question = json.loads(line)
        began, used = time.perf_counter(), time.process_time()
        _answer(llm, template.render(question["system"], question["task"]), question["tokens"], asked["temperature"])
        _tell({"seconds": time.perf_counter() - began, "cpu_s": time.process_time() - used})


def _answer(llm: Any, prompt: str, tokens: int, temperature: float) -> None:
    """Generate so many tokens and put them into words, whatever they are: an end does not end it."""
    for count, token in enumerate(llm.generate(llm.tokenize(prompt.encode(), special=True), temp=temperature), start=1):
        llm.detokenize([token])
        if count == tokens:
            return


def _tell(message: dict[str, float]) -> None:
    print(json.dumps(message), flush=True)  # noqa: T201  # this is the answer


if __name__ == "__main__":
    main()
