"""A prompt as what the model's cache will hold: text tokens and whole images, each with a key to know it again."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llama_cpp import mtmd_cpp as mtmd

from gum.errors import EngineError
from gum_models.reasoning.pictures import fitted

_SHRINKS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One text token or one image of a prompt: what it is, its positions and its cells in the cache."""

    key: tuple[Any, ...]
    positions: int
    cells: int
    chunk: Any = None


def of_text(llm: Any, prompt: str) -> list[Unit]:
    """Return the units of a prompt without images."""
    return [Unit(("t", token), 1, 1) for token in llm.tokenize(prompt.encode(), add_bos=True, special=True)]


@contextmanager
def of_images(vision: Any, prompt: str, images: Sequence[bytes], tokens: int) -> Iterator[list[Unit]]:
    """Give the units of a prompt whose media markers stand for the images, none larger than so many tokens.

    The chunks that the units point to live as long as the block.  Raises EngineError.
    """
    chunks, plan = _within(vision, prompt, images, tokens)
    try:
        yield plan
    finally:
        mtmd.mtmd_input_chunks_free(chunks)


def _within(vision: Any, prompt: str, images: Sequence[bytes], tokens: int) -> tuple[Any, list[Unit]]:
    """Make the images smaller until the projector cuts none of them into more than `tokens`, or cuts no less."""
    allowed, before = tokens, 0
    for _ in range(_SHRINKS):
        chunks = _chunks(vision, prompt, [fitted(image, allowed) for image in images])
        plan = _units(chunks)
        largest = _largest_image(plan)
        if largest <= tokens or largest == before:
            return chunks, plan
        before, allowed = largest, max(1, int(allowed * tokens / largest * 0.95))
        mtmd.mtmd_input_chunks_free(chunks)
    chunks = _chunks(vision, prompt, [fitted(image, allowed) for image in images])
    return chunks, _units(chunks)


def _largest_image(plan: Sequence[Unit]) -> int:
    """Return the cells of the largest image, all its tiles together."""
    cells: dict[Any, int] = {}
    for unit in plan:
        if unit.key[0] == "i":
            cells[unit.key[1]] = cells.get(unit.key[1], 0) + unit.cells
    return max(cells.values(), default=0)


def _chunks(vision: Any, prompt: str, images: Sequence[bytes]) -> Any:
    bitmaps: list[Any] = []
    try:
        for image in images:
            bitmaps.append(_bitmap(vision, image))
        raw = prompt.encode()
        text = mtmd.mtmd_input_text()
        text.text, text.text_len, text.add_special, text.parse_special = raw, len(raw), True, True
        chunks = mtmd.mtmd_input_chunks_init()
        array = (mtmd.mtmd_bitmap_p_ctypes * len(bitmaps))(*bitmaps)
        if mtmd.mtmd_tokenize(vision, chunks, ctypes.byref(text), array, len(bitmaps)):
            mtmd.mtmd_input_chunks_free(chunks)
            raise EngineError("The prompt could not be turned into tokens.")
        return chunks
    finally:
        for bitmap in bitmaps:
            mtmd.mtmd_bitmap_free(bitmap)


def _bitmap(vision: Any, image: bytes) -> Any:
    data = (ctypes.c_uint8 * len(image)).from_buffer_copy(image)
    bitmap = mtmd.mtmd_helper_bitmap_init_from_buf(vision, data, len(image), False)
    if not bitmap:
        raise EngineError("A frame could not be decoded by the model's reader of images.")
    mtmd.mtmd_bitmap_set_id(bitmap, hashlib.sha256(image).hexdigest().encode())
    return bitmap


def _units(chunks: Any) -> list[Unit]:
    plan: list[Unit] = []
    for index in range(mtmd.mtmd_input_chunks_size(chunks)):
        chunk = mtmd.mtmd_input_chunks_get(chunks, index)
        if mtmd.mtmd_input_chunk_get_type(chunk) == mtmd.MTMD_INPUT_CHUNK_TYPE_TEXT:
            count = ctypes.c_size_t()
            tokens = mtmd.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
            plan += [Unit(("t", tokens[number]), 1, 1) for number in range(count.value)]
        else:
            cells = mtmd.mtmd_input_chunk_get_n_tokens(chunk)
            key = ("i", mtmd.mtmd_input_chunk_get_id(chunk), index, cells)
            plan.append(Unit(key, mtmd.mtmd_input_chunk_get_n_pos(chunk), cells, chunk))
    return plan
