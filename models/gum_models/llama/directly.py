"""The library alone, in a process of its own, for comparison: JSON in, {"seconds"} out."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress


def main() -> None:
    """Load the model named on the input and answer its prompt once to warm up and once to be timed."""
    asked = json.load(sys.stdin)
    import llama_cpp
    import psutil

    from gum_models.llama.silence import silence
    from gum_models.llama.wording import ChatTemplate
    from gum_models.llama.worker import NICE
    from gum_models.reasoning.control import neutral

    with suppress(psutil.Error, OSError):  # as the engine's own process runs
        psutil.Process(os.getpid()).nice(NICE)
    silence()
    llm = llama_cpp.Llama(
        asked["model"], n_ctx=asked["context"], n_batch=1024, n_ubatch=1024, n_threads=asked["threads"],
        n_threads_batch=asked["threads"], n_gpu_layers=asked["gpu_layers"], use_mmap=False, verbose=False,
    )  # fmt: skip
    silence()
    template = ChatTemplate(llm.metadata.get("tokenizer.chat_template"))
    warm, timed = (
        template.render(neutral(system).strip(), neutral(task).strip())
        for system, task in (asked["warm"], (asked["system"], asked["task"]))
    )
    llm.create_completion(warm, max_tokens=1)
    began = time.perf_counter()
    llm.create_completion(timed, max_tokens=asked["tokens"], logit_bias={llm.token_eos(): -100.0})
    print(json.dumps({"seconds": time.perf_counter() - began}))  # noqa: T201  # this is the answer


if __name__ == "__main__":
    main()
