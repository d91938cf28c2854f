"""Constrained sampling that costs little on large vocabularies and raises where native code would abort.

llama-cpp-python walks the whole vocabulary through the grammar for each token.  Here one token is sampled first and
checked; where the grammar refuses it, the likeliest few hundred are; only when it refuses all of those, everything is.
A grammar that does not parse, NaN logits and a step with no permitted token are errors instead of signals.
"""

from __future__ import annotations

import ctypes
from typing import Any

import llama_cpp
import numpy as np

from gum.errors import EngineError

LIKELIEST = 512
_CANDIDATE = np.dtype([("id", np.intc), ("logit", np.single), ("p", np.single)], align=True)


class Sampler:
    """Picks one token after another; `refused` counts the tokens that cost more than one look at the grammar."""

    def __init__(self, llm: Any, grammar: str | None, *, temperature: float, seed: int) -> None:
        self._context = llm.ctx
        self._vocabulary = llm._model.vocab
        self._count = llm.n_vocab()
        self._one = _Candidates(1)
        self._grammar: Any = None
        self.refused = 0
        self._chain = _chain(temperature, seed)
        if grammar is not None:
            self._grammar = llama_cpp.llama_sampler_init_grammar(self._vocabulary, grammar.encode(), b"root")
            if not self._grammar:
                self.close()
                raise EngineError("The grammar of the answer does not parse.")

    def sample(self) -> int:
        """Return the next token; raises EngineError when the model or the grammar permits none."""
        token = int(llama_cpp.llama_sampler_sample(self._chain, self._context, -1))
        if self._grammar:
            if not self.permits(token):
                self.refused += 1
                token = self._permitted()
            llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def permits(self, token: int) -> bool:
        """Return whether the grammar takes this token next."""
        if not self._grammar or not 0 <= token < self._count:
            return False
        self._one.fill(np.array([token], dtype=np.intc), np.ones(1, dtype=np.single))
        self._one.apply(self._grammar)
        return bool(np.isfinite(self._one.rows["logit"][0]))

    def close(self) -> None:
        """Free the native parts."""
        for part in (self._grammar, self._chain):
            if part:
                llama_cpp.llama_sampler_free(part)
        self._grammar = self._chain = None

    def _permitted(self) -> int:
        logits = np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(self._context, -1), shape=(self._count,))
        if np.isnan(logits).any() or not np.isfinite(logits).any():
            raise EngineError("The model gives no finite number; its file is probably damaged.")
        if self._count > LIKELIEST:
            likeliest = np.argpartition(logits, -LIKELIEST)[-LIKELIEST:].astype(np.intc)
            token = self._picked(likeliest, logits[likeliest])
            if token is not None:
                return token
        token = self._picked(np.arange(self._count, dtype=np.intc), logits)
        if token is None:
            raise EngineError("The answer's form permits none of the model's tokens.")
        return token

    def _picked(self, ids: Any, logits: Any) -> int | None:
        """Return one of these tokens that the grammar permits, or None."""
        candidates = _Candidates(len(ids))
        candidates.fill(ids, logits)
        candidates.apply(self._grammar)
        if not np.isfinite(candidates.rows["logit"]).any():
            return None
        candidates.apply(self._chain)
        return candidates.selected()


class _Candidates:
    """Tokens with their logits, as the native samplers take them."""

    def __init__(self, count: int) -> None:
        self.rows = np.zeros(count, dtype=_CANDIDATE)
        data = self.rows.ctypes.data_as(llama_cpp.llama_token_data_p)
        self._array = llama_cpp.llama_token_data_array(data=data, size=count, selected=-1, sorted=False)

    def fill(self, ids: Any, logits: Any) -> None:
        self.rows["id"], self.rows["logit"] = ids, logits
        self._array.size, self._array.selected, self._array.sorted = len(self.rows), -1, False

    def apply(self, sampler: Any) -> None:
        llama_cpp.llama_sampler_apply(sampler, ctypes.byref(self._array))

    def selected(self) -> int:
        if not 0 <= self._array.selected < self._array.size:
            raise EngineError("The sampler selected no token.")
        return int(self.rows["id"][self._array.selected])


def _chain(temperature: float, seed: int) -> Any:
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    if temperature <= 0:
        llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
        return chain
    for part in (
        llama_cpp.llama_sampler_init_top_k(40),
        llama_cpp.llama_sampler_init_top_p(0.95, 1),
        llama_cpp.llama_sampler_init_temp(temperature),
        llama_cpp.llama_sampler_init_dist(seed),
    ):
        llama_cpp.llama_sampler_chain_add(chain, part)
    return chain
