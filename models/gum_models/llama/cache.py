"""The model's key-value cache: what two prompts share at their start is read once.

A plain model drops the cells behind the shared start.  A hybrid one cannot go back: its recurrent state is kept at
marks on the way, and the last mark that both prompts share is where it takes up again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import llama_cpp
from llama_cpp import mtmd_cpp as mtmd

from gum.errors import EngineError
from gum_models.llama.plan import Unit

BATCH = 1024  # holds one whole image for projectors that are not causal
_PARTIAL = 1  # LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY: what cannot go back, without the cells that can
_MARKS = 4


@dataclass(frozen=True, slots=True)
class _Mark:
    """The recurrent state after so many units."""

    units: int
    state: Any


class Cache:
    """What the model's context holds of the last prompt."""

    def __init__(self, llm: Any, vision: Any) -> None:
        self._llm, self._vision = llm, vision
        self._held: list[Unit] = []
        self._marks: list[_Mark] = []
        model = llm._model.model
        self._hybrid = llama_cpp.llama_model_is_hybrid(model) or llama_cpp.llama_model_is_recurrent(model)

    def read(self, plan: Sequence[Unit], marks: Sequence[int]) -> tuple[int, int]:
        """Bring the context to the end of a prompt; return the cells that were there already and the next position.

        `marks` are the places, in units, up to which later prompts will probably be the same.  Raises EngineError
        when reading was stopped; the cache is then empty.
        """
        keep = self._keep(plan)
        reused = sum(unit.cells for unit in plan[:keep])
        stops = [mark for mark in sorted(set(marks)) if keep < mark < len(plan)] if self._hybrid else []
        position = sum(unit.positions for unit in plan[:keep])
        for stop in [*stops, len(plan)]:
            position = self._evaluate(plan, len(self._held), stop, position)
            if stop < len(plan):
                self._mark(stop)
        return reused, position

    def forget(self) -> None:
        """Empty the context."""
        self._held, self._marks = [], []
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._llm.ctx), True)

    def _keep(self, plan: Sequence[Unit]) -> int:
        """Drop all that this prompt does not share; at least one unit is always evaluated anew."""
        shared = 0
        for ours, wanted in zip(self._held, plan, strict=False):
            if ours.key != wanted.key:
                break
            shared += 1
        shared = min(shared, len(plan) - 1)
        if self._hybrid:
            shared = self._back_to_mark(shared)
        memory = llama_cpp.llama_get_memory(self._llm.ctx)
        position = sum(unit.positions for unit in plan[:shared])
        if shared == 0 or not llama_cpp.llama_memory_seq_rm(memory, 0, position, -1):
            self.forget()
            shared = 0
        self._held = self._held[:shared]
        self._marks = [mark for mark in self._marks if mark.units <= shared]
        return shared

    def _mark(self, units: int) -> None:
        context = self._llm.ctx
        size = llama_cpp.llama_state_seq_get_size_ext(context, 0, _PARTIAL)
        state = (ctypes.c_uint8 * size)()
        if size and llama_cpp.llama_state_seq_get_data_ext(context, state, size, 0, _PARTIAL) == size:
            self._marks = [*self._marks[-_MARKS + 1 :], _Mark(units, state)]

    def _back_to_mark(self, shared: int) -> int:
        mark = max((one for one in self._marks if one.units <= shared), key=lambda one: one.units, default=None)
        if mark is None:
            return 0
        size = len(mark.state)
        done = llama_cpp.llama_state_seq_set_data_ext(self._llm.ctx, mark.state, size, 0, _PARTIAL)
        return mark.units if done == size else 0

    def _evaluate(self, plan: Sequence[Unit], start: int, stop: int, position: int) -> int:
        while start < stop:
            end = start + 1
            if plan[start].chunk is None:
                while end < stop and plan[end].chunk is None and end - start < BATCH:
                    end += 1
                status, reached = self.decode([unit.key[1] for unit in plan[start:end]], position)
            else:
                status, reached = self._image(plan[start].chunk, position)
            if status:
                self.forget()
                raise EngineError("The model did not read the episode in the time it was given.")
            self._held += [replace(unit, chunk=None) for unit in plan[start:end]]
            start, position = end, reached
        return position

    def decode(self, tokens: Sequence[int], position: int) -> tuple[int, int]:
        """Evaluate text tokens; return the native status, 0 when all went well, and the next position."""
        batch = self._llm._batch
        batch.set_batch(tokens, n_past=position, logits_all=False)
        return int(llama_cpp.llama_decode(self._llm.ctx, batch.batch)), position + len(tokens)

    def _image(self, chunk: Any, position: int) -> tuple[int, int]:
        reached = llama_cpp.llama_cpp.llama_pos(0)
        status = mtmd.mtmd_helper_eval_chunk_single(
            self._vision, self._llm.ctx, chunk, llama_cpp.llama_cpp.llama_pos(position),
            llama_cpp.llama_cpp.llama_seq_id(0), BATCH, False, ctypes.byref(reached),
        )  # fmt: skip
        return int(status), int(reached.value)
