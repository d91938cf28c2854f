"""The first lines of a GGUF file: enough to tell a model from a projector and from anything else.

The format is described in the ggml project's docs/gguf.md.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from gum.errors import EngineError

MAGIC = b"GGUF"
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_STRING, _ARRAY = 8, 9
_LONGEST = 1 << 26
_MOST_KEYS = 1000
PROJECTORS = frozenset({"clip", "mmproj"})


def architecture(path: Path) -> str:
    """Return what kind of model a file holds, 'clip' for a projector.  Raises EngineError for what is no GGUF file."""
    try:
        with path.open("rb") as file:
            return _architecture(file)
    except OSError as error:
        raise EngineError(f"{path} cannot be read: {error.strerror}.") from error
    except (struct.error, ValueError) as error:
        raise EngineError(f"{path} is no whole GGUF file; get it again.") from error


def is_projector(path: Path) -> bool:
    """Return whether a file reads images for a model.  Raises EngineError."""
    return architecture(path) in PROJECTORS


def _architecture(file: BinaryIO) -> str:
    if file.read(4) != MAGIC:
        raise ValueError("not GGUF")
    _, _, keys = struct.unpack("<IQQ", file.read(20))
    for _ in range(min(keys, _MOST_KEYS)):
        key = _text(file)
        (kind,) = struct.unpack("<I", file.read(4))
        if key == "general.architecture" and kind == _STRING:
            return _text(file)
        _skip(file, kind)
    raise ValueError("no architecture")


def _text(file: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > _LONGEST:
        raise ValueError("too long")
    raw = file.read(length)
    if len(raw) < length:
        raise ValueError("cut off")
    return raw.decode("utf-8", "replace")


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        _text(file)
    elif kind == _ARRAY:
        inner, count = struct.unpack("<IQ", file.read(12))
        if inner in _SIZES and count <= _LONGEST:
            file.seek(_SIZES[inner] * count, 1)
            return
        if inner != _STRING or count > _LONGEST:
            raise ValueError("unknown array")
        for _ in range(count):
            _text(file)
    elif kind in _SIZES:
        file.seek(_SIZES[kind], 1)
    else:
        raise ValueError("unknown type")
