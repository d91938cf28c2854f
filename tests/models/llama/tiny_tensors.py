"""What the random models are made of: their sizes, their families and their weights."""

from __future__ import annotations

from dataclasses import dataclass

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Quantization
from gguf import GGUFWriter


@dataclass(frozen=True)
class Size:
    """The dimensions of a text model and of its projector's picture part."""

    width: int = 64
    layers: int = 2
    heads: int = 4
    kv_heads: int = 2
    feed: int = 128
    head: int = 16
    context: int = 16384
    vision_width: int = 64
    vision_layers: int = 2
    vision_heads: int = 4
    vision_feed: int = 160
    vision_image: int = 0
    deepstack: tuple[int, ...] = (0,)


TINY = Size()

#: By family: the text architecture, and the kind of projector.
FAMILIES = {
    "llava": ("llama", "mlp"),
    "qwen3vl": ("qwen3vl", "qwen3vl_merger"),
    "qwen25vl": ("qwen2vl", "qwen2.5vl_merger"),
    "qwen35": ("qwen35", "qwen3vl_merger"),
    "gemma3": ("gemma3", "gemma3"),
    "smolvlm": ("llama", "idefics3"),
}

#: The first number of every token, where it is the same for all.
CONSTANT = 4.0


class Tensors:
    def __init__(self, writer: GGUFWriter, quantization: Quantization, seed: int, *, tiled: bool) -> None:
        self._writer, self._quantization, self._tiled = writer, quantization, tiled
        self._random = np.random.Generator(np.random.PCG64(seed))

    def matrix(
        self,
        name: str,
        *shape: int,
        deviation: float = 0.0,
        quantization: Quantization | None = None,
        steady: bool = False,
        leanings: dict[int, float] | None = None,
    ) -> None:
        """Add random weights; large models repeat 64 rows, which is quick to make and as slow to run."""
        spread = deviation or float(np.prod(shape[1:] or shape)) ** -0.5
        rows = min(shape[0], 64) if self._tiled else shape[0]
        values = self._random.standard_normal((rows, *shape[1:]), dtype=np.float32) * np.float32(spread)
        if steady:
            values[:, 0] = CONSTANT
        for row, leaning in (leanings or {}).items():
            values[row] = 0
            values[row, 0] = leaning
        wanted = self._quantization if quantization is None else quantization
        plain = {Quantization.F32: np.float32, Quantization.F16: np.float16}
        if wanted not in plain and shape[-1] % 32:
            wanted = Quantization.F16
        data = values.astype(plain[wanted]) if wanted in plain else gguf.quants.quantize(values, wanted)
        data = np.ascontiguousarray(np.concatenate([data] * -(-shape[0] // rows), axis=0)[: shape[0]])
        self._writer.add_tensor(name, data, raw_dtype=None if wanted in plain else wanted)

    def linear(self, name: str, outputs: int, inputs: int) -> None:
        self.matrix(f"{name}.weight", outputs, inputs)
        self.zeros(f"{name}.bias", outputs)

    def norm(self, name: str, count: int, *, biased: bool = True) -> None:
        self.ones(f"{name}.weight", count)
        if biased:
            self.zeros(f"{name}.bias", count)

    def ones(self, name: str, count: int) -> None:
        self._writer.add_tensor(name, np.ones(count, dtype=np.float32))

    def zeros(self, name: str, count: int) -> None:
        self._writer.add_tensor(name, np.zeros(count, dtype=np.float32))

    def constant(self, name: str, values: list[float]) -> None:
        self._writer.add_tensor(name, np.asarray(values, dtype=np.float32))


def finish(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
