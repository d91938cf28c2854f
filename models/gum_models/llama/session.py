"""One loaded model with its projector: prompts of text and images, their common start kept in the cache."""

from __future__ import annotations

import ctypes
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp import mtmd_cpp as mtmd

from gum.errors import EngineError
from gum_models.llama.sampling import CheckedLlama

BATCH = 1024  # holds one whole image for projectors that are not causal
_CONTROL = ("<|", "|>", "<start_of", "<end_of", "<__")


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _quiet(_level: int, _text: bytes, _data: Any) -> None:
    """Native logs print the whole prompt: they are dropped."""


def silence() -> None:
    """Drop every native log of this process."""
    llama_cpp.llama_log_set(_quiet, ctypes.c_void_p(0))
    mtmd.mtmd_log_set(_quiet, ctypes.c_void_p(0))
    mtmd.mtmd_helper_log_set(_quiet, ctypes.c_void_p(0))


@dataclass(frozen=True)
class _Unit:
    """One text token or one image of a prompt: what it is, its positions and its cells in the cache."""

    key: tuple[Any, ...]
    positions: int
    cells: int
    chunk: Any = None


@dataclass(frozen=True)
class Answer:
    """The text, and how many of the prompt's cells were already in the cache."""

    text: str
    prompt_cells: int
    reused_cells: int
    tokens: int


class Session:
    """A model in memory.  Not thread-safe; raises EngineError where the native code can be asked beforehand."""

    def __init__(self, model: Path, projector: Path | None, *, context: int, threads: int, image_tokens: int) -> None:
        silence()
        self._llm = CheckedLlama(
            str(model), n_ctx=context, n_batch=BATCH, n_ubatch=BATCH, n_threads=threads, n_threads_batch=threads,
            use_mmap=False, verbose=False,
        )  # fmt: skip
        silence()
        self._cached: list[_Unit] = []
        self._deadline = 0.0
        self._vision = self._open_projector(projector, threads, image_tokens) if projector else None
        self._marker = mtmd.mtmd_default_marker().decode()

        @llama_cpp.llama_cpp.ggml_abort_callback  # type: ignore[untyped-decorator]
        def abort(_: Any) -> bool:
            return bool(self._deadline and time.monotonic() > self._deadline)

        self._abort = abort
        llama_cpp.llama_set_abort_callback(self._llm.ctx, abort, None)

    def ask(
        self, system: str, user: str, images: list[bytes], *, grammar: str, max_tokens: int, timeout_s: float, seed: int
    ) -> Answer:
        """Answer in the grammar's form within the time.  Raises EngineError."""
        self._deadline = time.monotonic() + timeout_s
        prompt = self._render(system, self._marker * len(images) + neutral(user, self._marker))
        cells, reused, position = self._prefill(prompt, images)
        llm = self._llm
        llm.input_ids[:position] = 0
        llm.n_tokens, llm._requires_eval = position, False
        try:
            reply = llm.create_completion(
                [0] * position,
                max_tokens=min(max_tokens, llm.n_ctx() - cells - 4),
                seed=seed,
                temperature=0.2,
                grammar=llama_cpp.LlamaGrammar.from_string(grammar, verbose=False),
            )
        except Exception as error:  # the library raises RuntimeError, ValueError and its own
            self._forget()
            raise EngineError(f"The model stopped in the middle of its answer: {error}") from error
        return Answer(reply["choices"][0]["text"], cells, reused, reply["usage"]["completion_tokens"])

    def _render(self, system: str, user: str) -> str:
        template = self._llm.metadata.get("tokenizer.chat_template")
        if not template:
            raise EngineError("The model's file holds no chat template; pull an instruct model.")
        formatter = llama_cpp.llama_chat_format.Jinja2ChatFormatter(template=template, eos_token="", bos_token="")
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return str(formatter(messages=messages, enable_thinking=False).prompt)

    def _open_projector(self, projector: Path, threads: int, image_tokens: int) -> Any:
        options = mtmd.mtmd_context_params_default()
        options.use_gpu, options.print_timings, options.warmup = False, False, False
        options.n_threads, options.image_max_tokens = threads, image_tokens
        opened = mtmd.mtmd_init_from_file(str(projector).encode(), self._llm.model, options)
        if not opened:
            raise EngineError(f"The projector {projector.name} does not fit the model; pull both again.")
        return opened

    def _prefill(self, prompt: str, images: list[bytes]) -> tuple[int, int, int]:
        chunks = self._chunks(prompt, images) if self._vision else None
        try:
            plan = _units(chunks) if chunks else self._text_units(prompt)
            cells = sum(unit.cells for unit in plan)
            if cells >= self._llm.n_ctx() - 64:
                raise EngineError(f"The episode needs {cells} of the model's {self._llm.n_ctx()} context cells.")
            keep = self._keep(plan)
            reused = sum(unit.cells for unit in self._cached)
            return cells, reused, self._evaluate(plan, keep)
        finally:
            if chunks:
                mtmd.mtmd_input_chunks_free(chunks)

    def _text_units(self, prompt: str) -> list[_Unit]:
        return [_Unit(("t", token), 1, 1) for token in self._llm.tokenize(prompt.encode(), add_bos=True, special=True)]

    def _chunks(self, prompt: str, images: list[bytes]) -> Any:
        bitmaps = []
        try:
            for image in images:
                data = (ctypes.c_uint8 * len(image)).from_buffer_copy(image)
                bitmap = mtmd.mtmd_helper_bitmap_init_from_buf(self._vision, data, len(image), False)
                if not bitmap:
                    raise EngineError("A frame could not be decoded by the model's reader of images.")
                mtmd.mtmd_bitmap_set_id(bitmap, hashlib.sha256(image).hexdigest().encode())
                bitmaps.append(bitmap)
            raw = prompt.encode()
            text = mtmd.mtmd_input_text()
            text.text, text.text_len, text.add_special, text.parse_special = raw, len(raw), True, True
            chunks = mtmd.mtmd_input_chunks_init()
            array = (mtmd.mtmd_bitmap_p_ctypes * len(bitmaps))(*bitmaps)
            if mtmd.mtmd_tokenize(self._vision, chunks, ctypes.byref(text), array, len(bitmaps)):
                mtmd.mtmd_input_chunks_free(chunks)
                raise EngineError("The prompt could not be turned into tokens.")
            return chunks
        finally:
            for bitmap in bitmaps:
                mtmd.mtmd_bitmap_free(bitmap)

    def _keep(self, plan: list[_Unit]) -> int:
        """Drop from the cache all that this prompt does not share; at least one token is always evaluated anew."""
        keep = 0
        for ours, wanted in zip(self._cached, plan, strict=False):
            if ours.key != wanted.key:
                break
            keep += 1
        keep = min(keep, len(plan) - 1)
        memory = llama_cpp.llama_get_memory(self._llm.ctx)
        position = sum(unit.positions for unit in plan[:keep])
        if keep == 0 or not llama_cpp.llama_memory_seq_rm(memory, 0, position, -1):
            llama_cpp.llama_memory_clear(memory, True)  # hybrid models cannot go back
            keep = 0
        self._cached = [_Unit(unit.key, unit.positions, unit.cells) for unit in plan[:keep]]
        return keep

    def _evaluate(self, plan: list[_Unit], start: int) -> int:
        position = sum(unit.positions for unit in self._cached)
        while start < len(plan):
            end = start + 1
            if plan[start].chunk is None:
                while end < len(plan) and plan[end].chunk is None and end - start < BATCH:
                    end += 1
                self._llm._batch.set_batch([unit.key[1] for unit in plan[start:end]], n_past=position, logits_all=False)
                status, reached = llama_cpp.llama_decode(self._llm.ctx, self._llm._batch.batch), position + end - start
            else:
                status, reached = self._evaluate_image(plan[start].chunk, position)
            if status:
                self._forget()
                raise EngineError("The model did not read the episode in the time it was given.")
            self._cached += [_Unit(unit.key, unit.positions, unit.cells) for unit in plan[start:end]]
            start, position = end, reached
        return position

    def _evaluate_image(self, chunk: Any, position: int) -> tuple[int, int]:
        reached = llama_cpp.llama_cpp.llama_pos(0)
        status = mtmd.mtmd_helper_eval_chunk_single(
            self._vision, self._llm.ctx, chunk, llama_cpp.llama_cpp.llama_pos(position),
            llama_cpp.llama_cpp.llama_seq_id(0), BATCH, False, ctypes.byref(reached),
        )  # fmt: skip
        return status, reached.value

    def _forget(self) -> None:
        self._cached = []
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._llm.ctx), True)


def neutral(text: str, marker: str = "<__media__>") -> str:
    """Return screen text in which no control token and no media marker survives."""
    text = text.replace(marker, "")
    for control in _CONTROL:
        text = text.replace(control, f"{control[0]}\u200b{control[1:]}")
    return text.encode("utf-8", "replace").decode()


def _units(chunks: Any) -> list[_Unit]:
    plan: list[_Unit] = []
    for index in range(mtmd.mtmd_input_chunks_size(chunks)):
        chunk = mtmd.mtmd_input_chunks_get(chunks, index)
        if mtmd.mtmd_input_chunk_get_type(chunk) == mtmd.MTMD_INPUT_CHUNK_TYPE_TEXT:
            count = ctypes.c_size_t()
            tokens = mtmd.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
            plan += [_Unit(("t", tokens[number]), 1, 1) for number in range(count.value)]
        else:
            cells = mtmd.mtmd_input_chunk_get_n_tokens(chunk)
            key = ("i", mtmd.mtmd_input_chunk_get_id(chunk), index, cells)
            plan.append(_Unit(key, mtmd.mtmd_input_chunk_get_n_pos(chunk), cells, chunk))
    return plan
