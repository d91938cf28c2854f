"""Constrained sampling that costs little on large vocabularies and raises where native code would abort.

llama-cpp-python walks the whole vocabulary through the grammar for each token.  Here one token is sampled first and
checked; only a refused one costs the full walk.  A grammar that does not parse, NaN logits and a step with no permitted
token are errors instead of signals.
"""

from __future__ import annotations

import ctypes
from typing import Any

import llama_cpp
import numpy as np

from gum.errors import EngineError

_CANDIDATE = np.dtype([("id", np.intc), ("logit", np.single), ("p", np.single)], align=True)


class CheckedSampler:
    """Stands in for the library's sampler; `chain` is the library's own, without a grammar."""

    def __init__(self, llm: Any, chain: Any, grammar: str | None) -> None:
        self._chain = chain
        self._count = llm.n_vocab()
        self._candidates = np.zeros(self._count, dtype=_CANDIDATE)
        self._ids = np.arange(self._count, dtype=np.intc)
        data = self._candidates.ctypes.data_as(llama_cpp.llama_token_data_p)
        self._array = llama_cpp.llama_token_data_array(data=data, size=self._count, selected=-1, sorted=False)
        self._one = (llama_cpp.llama_token_data * 1)()
        self._one_array = llama_cpp.llama_token_data_array(data=self._one, size=1, selected=-1, sorted=False)
        self._grammar: Any = None
        if grammar is not None:
            self._grammar = llama_cpp.llama_sampler_init_grammar(llm._model.vocab, grammar.encode(), b"root")
            if not self._grammar:
                raise EngineError("The grammar of the answer does not parse.")

    def sample(self, context: Any, index: int = -1) -> int:
        """Return the next token; raises EngineError when the model or the grammar permits none."""
        self._fill(context, index)
        logits = self._candidates["logit"]
        if np.isnan(logits).any() or not np.isfinite(logits).any():
            raise EngineError("The model gives no finite number; its file is probably damaged.")
        token = self._pick()
        if self._grammar and not self._permits(token):
            self._fill(context, index)
            llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(self._array))
            if not np.isfinite(logits).any():
                raise EngineError("The answer's form permits none of the model's tokens.")
            token = self._pick()
        if self._grammar:
            llama_cpp.llama_sampler_accept(self._grammar, token)
        self._chain.accept(token)
        return token

    def close(self) -> None:
        """Free the native parts."""
        if self._grammar:
            llama_cpp.llama_sampler_free(self._grammar)
            self._grammar = None
        self._chain.close()

    def _fill(self, context: Any, index: int) -> None:
        pointer = llama_cpp.llama_get_logits_ith(context.ctx, index)
        self._candidates["id"] = self._ids
        self._candidates["logit"] = np.ctypeslib.as_array(pointer, shape=(self._count,))
        self._array.size, self._array.selected, self._array.sorted = self._count, -1, False

    def _pick(self) -> int:
        llama_cpp.llama_sampler_apply(self._chain.sampler, ctypes.byref(self._array))
        if not 0 <= self._array.selected < self._array.size:
            raise EngineError("The sampler selected no token.")
        return int(self._candidates["id"][self._array.selected])

    def _permits(self, token: int) -> bool:
        self._one[0].id, self._one[0].logit, self._one[0].p = token, 1.0, 0.0
        self._one_array.size, self._one_array.selected = 1, -1
        llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(self._one_array))
        return bool(self._one[0].logit != float("-inf"))


class CheckedLlama(llama_cpp.Llama):  # type: ignore[misc]
    """`Llama` whose `grammar=` is checked and fast."""

    def _init_sampler(self, *args: Any, grammar: Any = None, **options: Any) -> CheckedSampler:
        chain = super()._init_sampler(*args, grammar=None, **options)
        return CheckedSampler(self, chain, None if grammar is None else grammar._grammar)
