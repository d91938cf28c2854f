"""Writes a new file below one folder, and takes it back as long as nobody has changed it."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Container, Sequence
from pathlib import Path

from gum.errors import ActionError

LONGEST_NAME = 80
_MOST_OF_ONE_NAME = 1000
# Names that Windows keeps for devices.
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def write_new(folder: Path, title: str, suffix: str, content: bytes) -> str:
    """Write a file named after the title; return its name.

    A file that is there already is never touched: the name gets a number.  Raises ActionError.
    """
    try:
        name = free_name(folder, safe_name(title), suffix)
        _write(folder / name, content)
    except OSError as error:
        raise ActionError(f"{folder} cannot be written: {error.strerror}.") from error
    return name


def free_name(folder: Path, stem: str, suffix: str, taken: Container[str] = ()) -> str:
    """Return a name that no file of the folder has, and none of the `taken` ones.  Raises ActionError."""
    for number in range(1, _MOST_OF_ONE_NAME):
        name = f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}"
        if name not in taken and not os.path.lexists(folder / name):
            return name
    raise ActionError(f"There are too many files named {stem} in {folder}.")


def remove_unchanged(folder: Path, records: Sequence[str]) -> None:
    """Remove the files of these records; one that is gone already is no matter.

    Raises ActionError, and removes nothing, when one was changed since.
    """
    paths = [_unchanged(folder, record) for record in records]
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ActionError(f"{folder} cannot be changed: {error.strerror}.") from error


def safe_name(title: str) -> str:
    """Return a file name without suffix: letters, digits, '-' and '_' of any script, never hidden or reserved."""
    plain = unicodedata.normalize("NFC", title)
    stem = re.sub(r"[^\w]+", "-", plain).strip("-_")[:LONGEST_NAME].strip("-_")
    while len(stem.encode("utf-8")) > 2 * LONGEST_NAME:
        stem = stem[:-1]
    return "untitled" if not stem or _RESERVED.match(stem) else stem


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _unchanged(folder: Path, record: str) -> Path:
    digest, _, name = record.partition("  ")
    if Path(name).name != name or name in ("", ".", ".."):
        raise ActionError(f"{name!r} is not a file of this folder.")
    path = folder / name
    if not path.is_symlink() and not path.exists():
        return path
    try:
        same = path.is_file() and not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError as error:
        raise ActionError(f"{path} cannot be read: {error.strerror}.") from error
    if not same:
        raise ActionError(f"{path} was changed since it was written, so it stays. Remove it yourself if you like.")
    return path
