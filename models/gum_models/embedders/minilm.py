"""The built-in embedder: all-MiniLM-L6-v2 in eight bits, by onnxruntime, without network.  English at heart."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gum.errors import EmbedderError
from gum.protocols import Embedder

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
DIMENSIONS = 384
_LONGEST = 256  # tokens; what is longer is cut


def embedder(folder: Path, apart_s: float | None = None) -> Embedder:
    """Return the embedder, in a process of its own where `apart_s` says for how long that rests before it ends.

    Raises EmbedderError when the model is not in the folder.
    """
    if apart_s is None or os.name != "posix":
        return MiniLmEmbedder(folder)
    from gum_models.embedders.apart import ApartEmbedder

    return ApartEmbedder(folder, apart_s)


def check(folder: Path) -> None:
    """Raise EmbedderError when the model is not in the folder."""
    for file in (folder / MODEL, folder / TOKENIZER):
        if not file.is_file():
            raise EmbedderError(f"The model for search by meaning is not set up: {file} is absent.")


class MiniLmEmbedder:
    """Turns texts into unit vectors of 384 numbers.

    `folder` holds what `python -m gum_models.embedders.build FOLDER` wrote; it is read on first use.
    """

    name = "minilm-l6-v2-int8/1"
    dimensions = DIMENSIONS

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises EmbedderError when the model is not in the folder."""
        check(folder)
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector a text.  Raises EmbedderError."""
        with self._lock:
            return [self._one(text) for text in texts]

    def load(self) -> None:
        """Load the model now rather than at the first text.  Raises EmbedderError."""
        with self._lock:
            self._load()

    def _one(self, text: str) -> list[float]:
        # one at a time: beside others the eight bit vector of a text would change (cosine down to .96), and on one
        # thread a batch is no faster
        import numpy as np

        session, tokenizer = self._load()
        try:
            encoded = tokenizer.encode(text.encode("utf-8", "replace").decode())
            tokens = {
                "input_ids": np.array([encoded.ids], np.int64),
                "attention_mask": np.array([encoded.attention_mask], np.int64),
            }
            vector: list[float] = session.run(None, tokens)[0][0].tolist()
        except Exception as error:  # native code of two libraries, which document no kinds
            raise EmbedderError(f"The embedder failed ({type(error).__name__}).") from error
        return vector

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            try:
                self._loaded = _session(self._folder / MODEL, self._threads), _tokenizer(self._folder / TOKENIZER)
            except Exception as error:  # native code of two libraries, which document no kinds
                raise EmbedderError(
                    f"The model in {self._folder} cannot be loaded ({type(error).__name__}). Remove that folder and "
                    "set it up again with 'gumctl models embedder'."
                ) from error
        return self._loaded


def _session(file: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it would hold the memory of the largest batch for ever
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # no busy waiting between calls
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _tokenizer(file: Path) -> Any:
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(max_length=_LONGEST)
    tokenizer.no_padding()
    return tokenizer
