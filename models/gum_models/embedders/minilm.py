"""The built-in embedder: all-MiniLM-L6-v2 in eight bits, by onnxruntime, without network.  English at heart."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gum.errors import EmbedderError

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
DIMENSIONS = 384
_LONGEST = 256  # tokens; what is longer is cut
_BATCH = 8  # more at once brings nothing on one thread


class MiniLmEmbedder:
    """Turns texts into unit vectors of 384 numbers.

    `folder` holds what `python -m gum_models.embedders.build FOLDER` wrote; it is read on first use.
    """

    name = "minilm-l6-v2-int8/1"
    dimensions = DIMENSIONS

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises EmbedderError when the model is not in the folder."""
        for file in (folder / MODEL, folder / TOKENIZER):
            if not file.is_file():
                raise EmbedderError(f"The model for search by meaning is not set up: {file} is absent.")
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector a text.  Raises EmbedderError."""
        # alike lengths together: a batch is padded to its longest
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors: list[list[float]] = [[] for _ in texts]
        with self._lock:
            for start in range(0, len(order), _BATCH):
                part = order[start : start + _BATCH]
                for at, vector in zip(part, self._run([texts[at] for at in part]), strict=True):
                    vectors[at] = vector
        return vectors

    def _run(self, texts: list[str]) -> list[list[float]]:
        import numpy as np

        session, tokenizer = self._load()
        try:
            encoded = tokenizer.encode_batch([text.encode("utf-8", "replace").decode() for text in texts])
            ids = np.array([one.ids for one in encoded], np.int64)
            mask = np.array([one.attention_mask for one in encoded], np.int64)
            found: list[list[float]] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0].tolist()
        except Exception as error:  # native code of two libraries, which document no kinds
            raise EmbedderError(f"The embedder failed ({type(error).__name__}).") from error
        return found

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
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106 - a word of the vocabulary
    return tokenizer
