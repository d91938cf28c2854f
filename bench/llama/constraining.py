"""What the enforced form costs on a vocabulary of 152 thousand tokens: when the model obeys, and when it does not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from gum_models.llama.grammar import schema_to_grammar
from gum_models.llama.sampling import Sampler
from gum_models.llama.silence import silence
from gum_models.reasoning import prompts

TOKENS = 48
ROUNDS = 4
QUOTES = [f"The lens number {number} was taken down in 1964 and lay in eleven crates." for number in range(40)]
OBEYED = '{"propositions": [{"quote": "' + QUOTES[3] + '", "reasoning": "' + "The user reads about the lens. " * 7 + '"'
DISOBEYS_EVERY = 12


def rows(models: Path) -> Iterator[tuple[str, str]]:
    """Yield what was measured."""
    silence()
    llm = llama_cpp.Llama(
        str(models / "llama" / "model.gguf"), n_ctx=1024, n_threads=1, n_threads_batch=1, use_mmap=False, verbose=False
    )
    silence()
    form = schema_to_grammar(prompts.propose_schema(QUOTES))
    wanted = llm.tokenize(OBEYED.encode(), add_bos=False, special=False)[:TOKENS]
    mostly = _bias(llm, wanted, DISOBEYS_EVERY)
    free, obeying, mixed = _alternating(
        llm, (None, _bias(llm, wanted, 0)), (form, _bias(llm, wanted, 0)), (form, mostly)
    )
    yield f"a token without a form ({llm.n_vocab()} tokens in the vocabulary)", f"{free * 1e3:.1f} ms"
    yield "a token in the form, the model obeys: share of the speed without", f"{free / obeying:.3f}"
    yield f"the same, one token in {DISOBEYS_EVERY} refused", f"{free / mixed:.3f}"
    refusing = _seconds(llm, form, lambda _: None)
    yield "a token in the form, nearly every one refused", f"{refusing * 1e3:.1f} ms"
    yield "the same with the library's own sampling", f"{_stock(llm, form) * 1e3:.1f} ms"
    llm.close()


Bias = Callable[[int], None]


def _bias(llm: Any, wanted: Sequence[int], disobeys_every: int) -> Bias:
    """Return what makes the model want certain tokens, one after another, and at times none of them."""

    def lift(place: int) -> None:
        if disobeys_every and place % disobeys_every == disobeys_every - 1:
            return
        logits = np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(llm.ctx, -1), shape=(llm.n_vocab(),))
        logits[wanted[place % len(wanted)]] += 1000

    return lift


def _alternating(llm: Any, *ways: tuple[str | None, Bias]) -> list[float]:
    """Return the seconds a token of each way, the best of some rounds that take turns."""
    best = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for place, (form, bias) in enumerate(ways):
            best[place] = min(best[place], _seconds(llm, form, bias))
    return best


def _seconds(llm: Any, form: str | None, bias: Bias) -> float:
    llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(llm.ctx), True)
    sampler = Sampler(llm, form, temperature=0.2, seed=1)
    _decode(llm, llm.tokenize(b"Begin."), 0)
    began = time.process_time()
    for place in range(TOKENS):
        bias(place)
        _decode(llm, [sampler.sample()], 10 + place)
    spent = time.process_time() - began
    sampler.close()
    return spent / TOKENS


def _decode(llm: Any, tokens: Sequence[int], position: int) -> None:
    position = position or 10 - len(tokens)
    llm._batch.set_batch(tokens, n_past=position, logits_all=False)
    llama_cpp.llama_decode(llm.ctx, llm._batch.batch)


def _stock(llm: Any, form: str) -> float:
    llm.reset()
    grammar = llama_cpp.LlamaGrammar.from_string(form, verbose=False)
    began = time.process_time()
    reply = llm.create_completion("Begin.", max_tokens=TOKENS, temperature=0.2, grammar=grammar)
    return (time.process_time() - began) / max(1, int(reply["usage"]["completion_tokens"]))
