"""Random models with the dimensions of real ones: speed and memory are theirs, their words mean nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gguf import GGMLQuantizationType as Quantization

from tests.models.llama.tiny_gguf import Size, write_model

VOCABULARY = 151_936


@dataclass(frozen=True)
class Real:
    """The dimensions, and whose they are."""

    of: str
    size: Size


SIZES = {
    "0.6b": Real("Qwen3 0.6B", Size(width=1024, layers=28, heads=16, kv_heads=8, feed=3072, head=128)),
    "2b": Real(
        "Qwen3-VL 2B (text)",
        Size(width=2048, layers=28, heads=16, kv_heads=8, feed=6144, head=128, deepstack=(5, 11, 17)),
    ),
}


def write(folder: Path, size: str) -> Path:
    """Write a text model at Q4_0 with 152 thousand tokens, as the engine finds it; return the folder."""
    (folder / "llama").mkdir()
    real = SIZES[size].size
    write_model(folder / "llama" / "model.gguf", size=real, quantization=Quantization.Q4_0, tokens=VOCABULARY)
    return folder
