"""One loaded model with its projector: prompts of text and images in, constrained answers out."""

from __future__ import annotations

import codecs
import ctypes
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp import mtmd_cpp as mtmd

from gum.errors import EngineError
from gum_models.llama import plan as planning
from gum_models.llama.cache import BATCH, Cache
from gum_models.llama.plan import Unit
from gum_models.llama.sampling import Sampler
from gum_models.llama.silence import silence
from gum_models.llama.wording import ChatTemplate
from gum_models.reasoning.control import neutral

_SPARE_CELLS = 64
_MARGIN = 4  # tokens at the end of a common start that what follows may join


class TooLongError(EngineError):
    """A prompt does not fit the model's context."""


class CancelledError(EngineError):
    """The person or something more urgent wanted the model."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The text; how many cells the prompt has and how many of them were in the cache; what was spent on it."""

    text: str
    prompt_cells: int
    reused_cells: int
    tokens: int
    refused: int
    read_s: float
    write_s: float


class Session:
    """A model in memory.  Not thread-safe, except `cancel`; raises EngineError where native code can be asked first."""

    def __init__(
        self,
        model: Path,
        projector: Path | None,
        *,
        context: int,
        threads: int,
        image_tokens: int,
        gpu_layers: int = 0,
        temperature: float = 0.2,
    ) -> None:
        silence()
        self.on_gpu = gpu_layers != 0
        self._llm = llama_cpp.Llama(
            str(model), n_ctx=context, n_batch=BATCH, n_ubatch=BATCH, n_threads=threads, n_threads_batch=threads,
            n_gpu_layers=gpu_layers, use_mmap=False, verbose=False,
        )  # fmt: skip
        silence()
        self._image_tokens, self._temperature = image_tokens, temperature
        self._deadline, self._cancelled = 0.0, False
        self._template = ChatTemplate(self._llm.metadata.get("tokenizer.chat_template"))
        self._vision = self._open_projector(projector, threads) if projector else None
        self._marker = mtmd.mtmd_default_marker().decode()
        self._cache = Cache(self._llm, self._vision)

        @llama_cpp.llama_cpp.ggml_abort_callback  # type: ignore[untyped-decorator]
        def abort(_: Any) -> bool:
            return self._cancelled or bool(self._deadline and time.monotonic() > self._deadline)

        self._abort = abort
        llama_cpp.llama_set_abort_callback(self._llm.ctx, abort, None)

    def ask(
        self,
        system: str,
        shared: str,
        task: str,
        images: Sequence[bytes] = (),
        *,
        grammar: str | None,
        max_tokens: int,
        timeout_s: float,
        seed: int,
        tell: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer in the grammar's form within the time; `tell` gets the text as it comes.

        Raises TooLongError, CancelledError, EngineError.
        """
        self._deadline, self._cancelled = time.monotonic() + timeout_s, False
        system, shared, task = neutral(system).strip(), neutral(shared), neutral(task).strip()
        images = images if self._vision else ()
        prompt = self._template.render(system, f"{shared}{self._marker * len(images)}{task}".strip())
        began = time.perf_counter()
        with self._planned(prompt, images) as plan:
            cells = sum(unit.cells for unit in plan)
            if cells >= self._llm.n_ctx() - _SPARE_CELLS:
                raise TooLongError(f"The episode needs {cells} of the model's {self._llm.n_ctx()} context cells.")
            reused, position = self._read(plan, self._marks(prompt, system, task, plan))
        read = time.perf_counter()
        room = self._llm.n_ctx() - cells - 4
        sampler = Sampler(self._llm, grammar, temperature=self._temperature, seed=seed)
        try:
            text, tokens = self._write(sampler, position, min(max_tokens, room), tell or _untold)
        finally:
            sampler.close()
        return Answer(text, cells, reused, tokens, sampler.refused, read - began, time.perf_counter() - read)

    def cancel(self) -> None:
        """Stop what is being answered, from another thread; reading an image is not stopped before its end."""
        self._cancelled = True

    def close(self) -> None:
        """Free the native parts, the projector before the model that it borrows from."""
        if self._vision:
            mtmd.mtmd_free(self._vision)
            self._vision = None
        self._llm.close()

    def _open_projector(self, projector: Path, threads: int) -> Any:
        options = mtmd.mtmd_context_params_default()
        options.use_gpu, options.print_timings, options.warmup = self.on_gpu, False, False
        options.n_threads, options.image_max_tokens = threads, self._image_tokens
        opened = mtmd.mtmd_init_from_file(str(projector).encode(), self._llm.model, options)
        if not opened:
            raise EngineError(f"The projector {projector.name} does not fit the model; pull both again.")
        return opened

    @contextmanager
    def _planned(self, prompt: str, images: Sequence[bytes]) -> Iterator[list[Unit]]:
        if images:
            with planning.of_images(self._vision, prompt, images, self._image_tokens) as plan:
                yield plan
        else:
            yield planning.of_text(self._llm, prompt)

    def _marks(self, prompt: str, system: str, task: str, plan: Sequence[Unit]) -> list[int]:
        """Return where the system text ends, where the first image stands and where the task begins, in units."""
        head = self._tokens(prompt[: prompt.index(system) + len(system)])
        begin = len(plan) - self._tokens(prompt[prompt.rindex(task) :])
        image = next((place for place, unit in enumerate(plan) if unit.key[0] == "i"), None)
        if image is None:
            return [head - _MARGIN, begin - _MARGIN]
        return [head - _MARGIN, image - _MARGIN, begin]  # no token joins an image with what follows it

    def _tokens(self, text: str) -> int:
        return len(self._llm.tokenize(text.encode(), add_bos=False, special=True))

    def _read(self, plan: Sequence[Unit], marks: Sequence[int]) -> tuple[int, int]:
        try:
            return self._cache.read(plan, [mark for mark in marks if mark > 0])
        except EngineError:
            self._check_cancelled()
            raise

    def _write(self, sampler: Sampler, position: int, max_tokens: int, tell: Callable[[str], None]) -> tuple[str, int]:
        """Sample until the form is complete or the room ends; return the text and its tokens."""
        vocabulary = self._llm._model.vocab
        end = self._llm.token_eos()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        pieces: list[str] = []
        count = 0
        while count < max_tokens:
            token = sampler.sample()
            if llama_cpp.llama_vocab_is_eog(vocabulary, token):
                break
            count += 1
            pieces.append(decoder.decode(_bytes_of(vocabulary, token)))
            tell(pieces[-1])
            if pieces[-1].endswith("}") and sampler.permits(end):
                break
            status, position = self._cache.decode([token], position)
            if status:
                self._cache.forget()
                self._check_cancelled()
                raise EngineError("The model did not finish its answer in the time it was given.")
        return "".join(pieces), count

    def _check_cancelled(self) -> None:
        if self._cancelled:
            raise CancelledError("The model's answer was not waited for.")


def _bytes_of(vocabulary: Any, token: int) -> bytes:
    room = 64
    while True:
        piece = ctypes.create_string_buffer(room)
        length = llama_cpp.llama_token_to_piece(vocabulary, token, piece, room, 0, False)
        if length >= 0:
            return piece.raw[:length]
        room = -length


def _untold(_: str) -> None:
    """Nobody listens to the pieces."""
